package com.visitorcount.history.row;

import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Facts of which only one is known, so that a test sees which one gets lost. */
public final class EachFact {
  /** Has every fact; a new one is added here first. */
  private static final Facts ALL =
      new Facts(
          true,
          "news.example",
          new Campaign("letter", "mail", "autumn", "shoes", "top"),
          "DE",
          "Firefox",
          "Linux",
          "Laptop");

  private EachFact() {}

  /** By the name of the only fact that is known. */
  public static Map<String, Facts> alone() {
    Map<String, Facts> alone = new LinkedHashMap<>();
    RecordComponent[] facts = Facts.class.getRecordComponents();
    for (int known = 0; known < facts.length; known++) {
      Object[] values = values(Facts.NONE, facts);
      Object value = values(ALL, facts)[known];
      if (value.equals(values[known])) {
        throw new AssertionError("no value for " + facts[known].getName());
      }
      values[known] = value;
      alone.put(facts[known].getName(), facts(facts, values));
    }
    return alone;
  }

  private static Object[] values(Facts of, RecordComponent[] facts) {
    return Arrays.stream(facts).map(fact -> value(fact, of)).toArray();
  }

  private static Object value(RecordComponent fact, Facts of) {
    try {
      return fact.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Facts facts(RecordComponent[] facts, Object[] values) {
    Class<?>[] types = Arrays.stream(facts).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return Facts.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
