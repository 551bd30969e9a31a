package dev.optim.sgd;

import dev.optim.update.UpdateRule;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A rule's neighbours: each of its numbers changed, by itself and far enough to be seen. */
final class Variants {

  /** Count only where weights are projected, and there only near a border or with decay. */
  private static final Set<String> SELDOM_SEEN = Set.of("delta", "decayRatio");

  /** Counts only beside momentum. */
  private static final String DAMPENING = "dampening";

  private Variants() {}

  static List<UpdateRule> of(UpdateRule rule) throws ReflectiveOperationException {
    RecordComponent[] components = rule.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      components[i].getAccessor().setAccessible(true);
      values[i] = components[i].getAccessor().invoke(rule);
    }
    Constructor<?> constructor = rule.getClass().getDeclaredConstructor(types);
    constructor.setAccessible(true);
    List<UpdateRule> variants = new ArrayList<>();
    for (int i = 0; i < components.length; i++) {
      String name = components[i].getName();
      boolean idle = name.equals(DAMPENING) && rule.state().isEmpty();
      if (types[i] == double.class && !idle && !SELDOM_SEEN.contains(name)) {
        Object[] changed = values.clone();
        changed[i] = (double) values[i] / 2 + 0.07;
        try {
          variants.add((UpdateRule) constructor.newInstance(changed));
        } catch (InvocationTargetException e) {
          // refused beside the others: Nesterov's momentum goes with no dampening
        }
      }
    }
    return variants;
  }
}
