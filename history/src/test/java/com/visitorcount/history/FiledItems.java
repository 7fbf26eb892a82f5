package com.visitorcount.history;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Items whose content is in an append-only file; only positions are in memory. */
final class FiledItems extends ForwardingItems {
  private static final int PLACE_BYTES = Long.BYTES + Integer.BYTES;

  private final RandomAccessFile file;

  /**
   * @param places holds the items without their content
   */
  FiledItems(Items places, Path file) throws IOException {
    super(places);
    this.file = new RandomAccessFile(file.toFile(), "rw");
    this.file.setLength(0);
  }

  @Override
  public void put(Item item) {
    super.put(filed(item));
  }

  @Override
  public boolean putIf(Item item, String knownRevision) {
    return super.putIf(filed(item), knownRevision);
  }

  @Override
  public List<Item> query(String partition, String from, String to, boolean consistent) {
    return super.query(partition, from, to, consistent).stream().map(this::read).toList();
  }

  @Override
  public void scan(
      String partition, String from, String to, boolean consistent, Predicate<Item> receiver) {
    super.scan(partition, from, to, consistent, item -> receiver.test(read(item)));
  }

  @Override
  public Optional<Item> first(String partition, String from, String to) {
    return super.first(partition, from, to).map(this::read);
  }

  private synchronized Item filed(Item item) {
    byte[] bytes = item.bytes();
    ByteBuffer place = ByteBuffer.allocate(PLACE_BYTES);
    try {
      place.putLong(file.length()).putInt(bytes.length);
      file.seek(file.length());
      file.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Item(item.partition(), item.sort(), item.revision(), place.array(), item.expires());
  }

  private synchronized Item read(Item item) {
    ByteBuffer place = ByteBuffer.wrap(item.bytes());
    try {
      file.seek(place.getLong());
      byte[] bytes = new byte[place.getInt()];
      file.readFully(bytes);
      return new Item(item.partition(), item.sort(), item.revision(), bytes, item.expires());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
