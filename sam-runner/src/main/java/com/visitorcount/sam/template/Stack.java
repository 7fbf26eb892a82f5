package com.visitorcount.sam.template;

import com.visitorcount.sam.failure.LocalException;
import java.util.List;

/**
 * A template evaluated with the values of its parameters, as far as a local run needs it.
 *
 * @param functions in the template's order
 */
public record Stack(List<FunctionResource> functions, List<TableResource> tables) {
  public Stack {
    functions = List.copyOf(functions);
    tables = List.copyOf(tables);
  }

  /**
   * The table with this name.
   *
   * @throws LocalException if the template has none
   */
  public TableResource table(String name) {
    return tables.stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new LocalException("The template has no table " + name + "."));
  }

  /**
   * The function with this logical id.
   *
   * @throws LocalException if the template has none
   */
  public FunctionResource function(String id) {
    return functions.stream()
        .filter(function -> function.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new LocalException("The template has no function " + id + "."));
  }
}
