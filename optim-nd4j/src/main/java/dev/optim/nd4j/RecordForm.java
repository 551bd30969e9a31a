package dev.optim.nd4j;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules and schedules as maps of what JSON knows, and back. They are records, so that their
 * components are all there is; the record checks what is read.
 */
final class RecordForm {

  private static final String TYPE = "type";

  private RecordForm() {}

  /** A record as a map of its class's name and its components. */
  static LinkedHashMap<String, Object> write(Object value) {
    if (!value.getClass().isRecord()) {
      throw new IllegalArgumentException(
          value
              + " of "
              + value.getClass()
              + " is no record and could not be read again; make it one");
    }
    LinkedHashMap<String, Object> form = new LinkedHashMap<>();
    form.put(TYPE, value.getClass().getName());
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      form.put(component.getName(), plain(component(component, value)));
    }
    return form;
  }

  private static Object plain(Object value) {
    if (value instanceof Number || value instanceof Boolean || value instanceof String) {
      return value;
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(RecordForm::plain).toList();
    }
    return write(value);
  }

  private static Object component(RecordComponent component, Object value) {
    Method accessor = component.getAccessor();
    accessor.setAccessible(true); // schedules are records that only their factories show
    try {
      return accessor.invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot read " + component + " of " + value, e);
    }
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws IllegalArgumentException if the form names no record that is a {@code T}, misses a
   *     component, or the record refuses one
   */
  static <T> T read(Map<?, ?> form, Class<T> expected) {
    Class<?> type = record(form.get(TYPE), expected);
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      Object value = form.get(components[i].getName());
      if (value == null) {
        throw new IllegalArgumentException(
            type.getName() + " without " + components[i].getName() + ": " + form);
      }
      values[i] = typed(value, components[i].getGenericType());
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return expected.cast(constructor.newInstance(values));
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e.getCause().getMessage(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot make " + type.getName(), e);
    }
  }

  /** Only records of the expected kind are ever loaded from a name that a file holds. */
  private static Class<?> record(Object name, Class<?> expected) {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      Class<?> type = Class.forName(String.valueOf(name), false, loader);
      if (type.isRecord() && expected.isAssignableFrom(type)) {
        return type;
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("no class " + name + " on the class path", e);
    }
    throw new IllegalArgumentException(name + " is no record of type " + expected.getName());
  }

  private static Object typed(Object value, Type type) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      List<Object> elements = new ArrayList<>();
      for (Object element : (List<?>) value) {
        elements.add(typed(element, list.getActualTypeArguments()[0]));
      }
      return elements;
    }
    if (!(type instanceof Class<?> plain)) {
      throw new IllegalArgumentException("cannot read a component of type " + type);
    }
    if (plain == double.class || plain == Double.class) {
      return Double.valueOf(value.toString()); // NaN and infinities are text in JSON
    }
    if (plain == float.class || plain == Float.class) {
      return Float.valueOf(value.toString());
    }
    if (plain == long.class || plain == Long.class) {
      return ((Number) value).longValue();
    }
    if (plain == int.class || plain == Integer.class) {
      return ((Number) value).intValue();
    }
    if (plain == boolean.class || plain == Boolean.class || plain == String.class) {
      return value;
    }
    if (plain.isEnum()) {
      return constant(plain, value.toString());
    }
    return read((Map<?, ?>) value, plain);
  }

  private static Object constant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(name + " is none of " + type.getName());
  }
}
