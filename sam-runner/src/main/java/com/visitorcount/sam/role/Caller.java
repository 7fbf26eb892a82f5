package com.visitorcount.sam.role;

import static java.util.Objects.requireNonNull;

import com.visitorcount.sam.template.Arn;
import com.visitorcount.sam.template.Role;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A function in its role. What runs in {@link #act} makes its DynamoDB calls as this function, on
 * this thread: a call that is handed to another thread is not seen.
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

  /** Who calls on this thread; null: no function does, and anything is allowed. */
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

  /** The IAM actions that this function has asked for so far, refused ones too. */
  public Set<String> actions() {
    return Set.copyOf(actions);
  }

  /**
   * Whether the role allows it of the item with this partition key, if it is one item. Either way
   * it is among {@link #actions} from now on.
   */
  boolean may(String action, String resource, String key) {
    actions.add(action);
    return role.allows(action, resource, key);
  }

  String arn() {
    return Arn.ofAssumedRole(role.name(), functionName);
  }
}
