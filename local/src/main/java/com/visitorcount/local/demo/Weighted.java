package com.visitorcount.local.demo;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/** Values that are drawn at random by weight. */
final class Weighted<T> {
  private final NavigableMap<Double, T> values = new TreeMap<>();
  private double total;

  Weighted<T> with(double weight, T value) {
    values.put(total, value);
    total += weight;
    return this;
  }

  T draw(Random random) {
    Map.Entry<Double, T> entry = values.floorEntry(random.nextDouble() * total);
    return entry.getValue();
  }
}
