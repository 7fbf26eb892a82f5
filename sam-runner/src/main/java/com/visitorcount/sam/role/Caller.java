package com.visitorcount.sam.role;

import static java.util.Objects.requireNonNull;

import com.visitorcount.sam.template.Arn;
import com.visitorcount.sam.template.Role;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A function acting in its role. Code in {@link #act} makes its DynamoDB calls as this function, on
 * this thread: calls on other threads are not noticed.
 */
public final class Caller {
  private static final ThreadLocal<@Nullable Caller> CURRENT = new ThreadLocal<>();

  private final String functionName;
  private final Role role;
  private final Set<String> actions = ConcurrentHashMap.newKeySet();

  public Caller(String functionName, Role role) {
    this.functionName = requireNonNull(functionName, "functionName");
    this.role = requireNonNull(role, "role");
  }

  /** The function that acts on this thread; null: none does, and anything is allowed. */
  static @Nullable Caller current() {
    return CURRENT.get();
  }

  public <T> T act(Supplier<T> work) {
    @Nullable Caller before = CURRENT.get();
    CURRENT.set(this);
    try {
      return work.get();
    } finally {
      CURRENT.set(before);
    }
  }

  /** The IAM actions that this function has requested so far, including refused ones. */
  public Set<String> actions() {
    return Set.copyOf(actions);
  }

  /**
   * Whether the role allows an action, on the item with this partition key if it is a single item.
   * In any case, records it in {@link #actions}.
   */
  boolean may(String action, String resource, String key) {
    actions.add(action);
    return role.allows(action, resource, key);
  }

  String arn() {
    return Arn.ofAssumedRole(role.name(), functionName);
  }
}
