package com.visitorcount.sam.template;

import java.util.List;

/**
 * The role of a function: everything that it may do.
 *
 * @param name name of the role in the template
 */
public record Role(String name, List<Statement> statements) {
  public Role {
    statements = List.copyOf(statements);
  }

  /**
   * Whether a statement allows the action on the resource.
   *
   * @param key partition key of the item; empty: not known, or several
   * @param action such as {@code dynamodb:GetItem}
   * @param resource an ARN
   */
  public boolean allows(String action, String resource, String key) {
    return statements.stream().anyMatch(statement -> statement.allows(action, resource, key));
  }
}
