package com.visitorcount.sam.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import com.visitorcount.sam.failure.LocalException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The object and method that a handler string names, called with JSON and answering with JSON. A
 * method that takes streams gets the bytes; for any other, AWS's own library converts both, so a
 * handler sees the same objects as in Lambda.
 */
final class Handler {
  private final Object target;
  private final Method method;

  /** Null if the method takes streams. */
  private final @Nullable PojoSerializer<Object> events;

  /** Null if the method takes streams. */
  private final @Nullable PojoSerializer<Object> responses;

  private Handler(Object target, Method method) {
    this.target = target;
    this.method = method;
    boolean streams = takesStreams(method);
    this.events = streams ? null : serializer(method.getParameterTypes()[0]);
    this.responses = streams ? null : serializer(method.getReturnType());
  }

  /** Chosen as in Lambda's runtime: some events need more than their getters and setters. */
  @SuppressWarnings("unchecked") // the type of the class object is erased
  private static PojoSerializer<Object> serializer(Class<?> type) {
    return (PojoSerializer<Object>)
        (LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
            ? LambdaEventSerializers.serializerFor(type, Handler.class.getClassLoader())
            : JacksonFactory.getInstance().getSerializer(type));
  }

  /**
   * Creates the object with its public constructor for an environment and a clock.
   *
   * @param name {@code package.Class::method}
   * @throws LocalException if the method or constructor does not exist, or the constructor fails
   */
  static Handler load(String name, Map<String, String> environment, Clock clock) {
    String[] parts = name.split("::", 2);
    if (parts.length != 2) {
      throw new LocalException(
          "The handler " + name + " is not of the form package.Class::method.");
    }
    try {
      Class<?> type = Class.forName(parts[0]);
      Object target = type.getConstructor(Map.class, Clock.class).newInstance(environment, clock);
      return new Handler(target, method(type, parts[1]));
    } catch (ClassNotFoundException e) {
      throw new LocalException("The handler " + name + " has no class on the class path.", e);
    } catch (InvocationTargetException e) {
      throw new LocalException("The handler " + name + " does not start: " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new LocalException(
          "The handler "
              + name
              + " has no public constructor with its environment as a Map<String, String> and a"
              + " Clock.",
          e);
    }
  }

  /** The overload with the most parameters, as Lambda chooses. */
  private static Method method(Class<?> type, String name) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getName().equals(name) && !method.isBridge())
        .filter(method -> takesStreams(method) || takesObject(method))
        .max(Comparator.comparingInt(Method::getParameterCount))
        .orElseThrow(
            () ->
                new LocalException(
                    "%s has no public method %s of an event and a Context."
                        .formatted(type.getName(), name)));
  }

  private static boolean takesStreams(Method method) {
    return Arrays.equals(
        method.getParameterTypes(),
        new Class<?>[] {InputStream.class, OutputStream.class, Context.class});
  }

  private static boolean takesObject(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    return parameters.length == 2 && parameters[1].equals(Context.class);
  }

  /**
   * @throws InvocationTargetException with the handler's exception
   */
  byte[] handle(byte[] event, Context context) throws InvocationTargetException {
    InputStream in = new ByteArrayInputStream(event);
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try {
      if (events == null || responses == null) {
        method.invoke(target, in, json, context);
      } else {
        @Nullable Object response = method.invoke(target, events.fromJson(in), context);
        responses.toJson(response, json);
      }
      return json.toByteArray();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " is not accessible", e);
    }
  }
}
