package com.visitorcount.counter;

import com.visitorcount.hash.Sha256;
import com.visitorcount.view.ViewId;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Prevents a view from counting twice, within the write that counts it. The item holds 32 hashes of
 * its latest view ids, as {@value #SETS} shift registers of {@value #REGISTER} (attributes {@code
 * a} to {@code z} and {@code 0} to {@code 5}); a hash of the view id picks the register. The write
 * is refused if the register contains the view's hash; otherwise it shifts the hash in.
 *
 * <p>A retry is certain to be caught if fewer than {@value #REGISTER} other views of the page came
 * in between; 97 % are caught with 16 in between, 43 % with 32, none with 100. A hash has 4 bytes
 * and is compared with the 8 in its register, so one in 5.4·10⁸ views of a busy page (8 in 2³²) is
 * mistaken for a retry.
 */
final class RetryGuard {
  static final int SETS = 4;
  static final int REGISTER = 8;

  private static final String NAMES = "abcdefghijklmnopqrstuvwxyz012345";
  private static final int HASH_BYTES = 4;
  private static final AttributeValue NOTHING = hashValue(0);

  private final int set;
  private final AttributeValue hash;

  private RetryGuard(int set, int hash) {
    this.set = set;
    this.hash = hashValue(hash);
  }

  static RetryGuard of(ViewId view) {
    ByteBuffer digest = ByteBuffer.wrap(Sha256.of(view.value()));
    int hash = digest.getInt();
    // zero means an empty place
    return new RetryGuard(Math.floorMod(digest.get(), SETS), hash == 0 ? 1 : hash);
  }

  /** Condition of the write, for a register: {@code NOT (a = :hash OR … OR h = :hash)}. */
  static String condition(int set) {
    return IntStream.range(0, REGISTER)
        .mapToObj(i -> inExpression(set, i) + " = :hash")
        .collect(Collectors.joining(" OR ", "NOT (", ")"));
  }

  /**
   * Assignments of the write's {@code SET}, for a register: {@code h = if_not_exists(g, :nothing),
   * …, a = :hash}. DynamoDB evaluates all right-hand sides before it writes; the order from the
   * back gives the same result in a store that assigns one by one.
   */
  static String assignments(int set) {
    return IntStream.iterate(REGISTER - 1, i -> i > 0, i -> i - 1)
        .mapToObj(
            i ->
                inExpression(set, i)
                    + " = if_not_exists("
                    + inExpression(set, i - 1)
                    + ", :nothing)")
        .collect(Collectors.joining(", ", "", ", " + inExpression(set, 0) + " = :hash"));
  }

  /** Attribute names for the aliases in the two expressions, by register. */
  static Map<String, String> names(int set) {
    return IntStream.range(0, REGISTER)
        .mapToObj(i -> attribute(set, i))
        .filter(RetryGuard::needsAlias)
        .collect(Collectors.toUnmodifiableMap(RetryGuard::alias, Function.identity()));
  }

  /** The index of the view's register, from 0 to {@value #SETS} - 1. */
  int set() {
    return set;
  }

  /** Values for the placeholders in the two expressions. */
  Map<String, AttributeValue> values() {
    return Map.of(":hash", hash, ":nothing", NOTHING);
  }

  /** Name of the attribute at a place of a register; place 0 is the latest. */
  static String attribute(int set, int place) {
    return NAMES.substring(set * REGISTER + place, set * REGISTER + place + 1);
  }

  /** Names of all attributes that the guard uses in an item. */
  static Stream<String> attributes() {
    return NAMES.chars().mapToObj(Character::toString);
  }

  /**
   * Names are used without an alias where DynamoDB allows it: fewer aliases make shorter requests.
   */
  private static String inExpression(int set, int place) {
    String name = attribute(set, place);
    return needsAlias(name) ? alias(name) : name;
  }

  /** Names in an expression must begin with a letter. */
  private static boolean needsAlias(String name) {
    return !Character.isLetter(name.charAt(0));
  }

  private static String alias(String name) {
    return "#" + name;
  }

  private static AttributeValue hashValue(int hash) {
    byte[] bytes = ByteBuffer.allocate(HASH_BYTES).putInt(hash).array();
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }
}
