package com.visitorcount.sam.template;

import org.jspecify.annotations.Nullable;

/**
 * A function's public URL.
 *
 * @param cors null: AWS adds no header, and preflights reach the function
 */
public record FunctionUrlConfig(@Nullable Cors cors) {}
