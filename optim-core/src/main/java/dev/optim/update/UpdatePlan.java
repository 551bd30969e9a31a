package dev.optim.update;

import static java.util.Objects.requireNonNull;

import dev.optim.Checks;
import dev.optim.DifferentiableObjective;
import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.random.RandomStream;
import dev.optim.schedule.Plateau;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a model is trained: which rule serves which tensors, and what happens to the gradient before.
 * Immutable and safe to share; each {@code with...} method returns a new plan.
 *
 * <pre>{@code
 * AdamW adamW = AdamW.of(1e-3);
 * FloatUpdater updater = UpdatePlan.of(adamW)
 *     .withRule("*.bias", adamW.withWeightDecay(0))
 *     .withTransform(GradientTransform.clipByGlobalNorm(1))
 *     .withThreads(2)
 *     .floats(layout);
 * }</pre>
 *
 * <p>As an {@link Optimizer} a plan runs on whole gradients; {@link #miniBatch} runs on batches.
 */
public final class UpdatePlan implements Optimizer<DifferentiableObjective> {

  private final UpdateRule rule;
  private final List<Group> groups;
  private final List<GradientTransform> transforms;
  private final NonFinite nonFinite;
  private final @Nullable Plateau plateau;
  private final int threads;
  private final Bfloat16Use bfloat16;
  private final @Nullable Parameters layout;

  private UpdatePlan(
      UpdateRule rule,
      List<Group> groups,
      List<GradientTransform> transforms,
      NonFinite nonFinite,
      @Nullable Plateau plateau,
      int threads,
      Bfloat16Use bfloat16,
      @Nullable Parameters layout) {
    this.rule = rule;
    this.groups = List.copyOf(groups);
    this.transforms = List.copyOf(transforms);
    this.nonFinite = nonFinite;
    this.plateau = plateau;
    this.threads = threads;
    this.bfloat16 = bfloat16;
    this.layout = layout;
  }

  /**
   * One rule for every tensor, nothing before it, one thread.
   *
   * @param rule the rule
   * @return the plan
   */
  public static UpdatePlan of(UpdateRule rule) {
    return new UpdatePlan(
        requireNonNull(rule, "rule"),
        List.of(),
        List.of(),
        NonFinite.SKIP,
        null,
        1,
        new Bfloat16Use(false, 0),
        null);
  }

  /**
   * Another rule for the tensors of a name pattern: a parameter group. It may differ in any
   * hyper-parameter, or be another method. Where several patterns match, the last one given counts.
   *
   * @param pattern a tensor name in which * stands for any characters, e.g. "*.bias"
   * @param other the rule for these tensors
   * @return a new plan
   */
  public UpdatePlan withRule(String pattern, UpdateRule other) {
    Group group = new Group(requireNonNull(pattern, "pattern"), requireNonNull(other, "other"));
    return new UpdatePlan(
        rule, with(groups, group), transforms, nonFinite, plateau, threads, bfloat16, layout);
  }

  /**
   * Adds a transform of the gradient behind the ones there are.
   *
   * @param transform the transform
   * @return a new plan
   */
  public UpdatePlan withTransform(GradientTransform transform) {
    requireNonNull(transform, "transform");
    return new UpdatePlan(
        rule, groups, with(transforms, transform), nonFinite, plateau, threads, bfloat16, layout);
  }

  /**
   * Says what to do with a gradient that is not finite.
   *
   * @param policy the policy; {@link NonFinite#SKIP} unless set
   * @return a new plan
   */
  public UpdatePlan withNonFinite(NonFinite policy) {
    requireNonNull(policy, "policy");
    return new UpdatePlan(rule, groups, transforms, policy, plateau, threads, bfloat16, layout);
  }

  /**
   * Lowers every step size when the loss told by {@link Updater#report} no longer falls.
   *
   * @param when the plateau
   * @return a new plan
   */
  public UpdatePlan withPlateau(Plateau when) {
    requireNonNull(when, "when");
    return new UpdatePlan(rule, groups, transforms, nonFinite, when, threads, bfloat16, layout);
  }

  /**
   * Sets the number of threads of a step. It never changes a bit of the result.
   *
   * @param count at least 1; the calling thread is one of them
   * @return a new plan
   */
  public UpdatePlan withThreads(int count) {
    int checked = (int) Checks.atLeastOne("count", count);
    return new UpdatePlan(rule, groups, transforms, nonFinite, plateau, checked, bfloat16, layout);
  }

  /**
   * Keeps the state vectors of updaters in single precision in bfloat16: half the memory, with 8
   * bits of precision. A step works in single precision and rounds what it stores at random, so
   * that on average nothing is lost; see {@link #withRoundingSeed}.
   *
   * @return a new plan; it has no updaters in double precision
   */
  public UpdatePlan withBfloat16State() {
    return withBfloat16(new Bfloat16Use(true, bfloat16.roundingSeed));
  }

  /**
   * Seeds the rounding of state and parameters that are kept in bfloat16. It is reproducible: the
   * same for any number of threads, and after a checkpoint.
   *
   * @param seed any number; 0 unless set
   * @return a new plan
   */
  public UpdatePlan withRoundingSeed(long seed) {
    return withBfloat16(new Bfloat16Use(bfloat16.state, seed));
  }

  private UpdatePlan withBfloat16(Bfloat16Use use) {
    return new UpdatePlan(rule, groups, transforms, nonFinite, plateau, threads, use, layout);
  }

  /**
   * Sets the layout of the point when the plan is used as an optimizer; a plain vector unless set.
   *
   * @param parameters as long as the problem's dimension
   * @return a new plan
   */
  public UpdatePlan withLayout(Parameters parameters) {
    requireNonNull(parameters, "parameters");
    return new UpdatePlan(
        rule, groups, transforms, nonFinite, plateau, threads, bfloat16, parameters);
  }

  /**
   * Binds the plan to parameters in single precision.
   *
   * @param parameters the layout
   * @return the updater, with fresh state
   * @throws IllegalArgumentException if a pattern matches no tensor
   */
  public FloatUpdater floats(Parameters parameters) {
    return new FloatUpdater(this, requireNonNull(parameters, "parameters"));
  }

  /**
   * Binds the plan to parameters in double precision.
   *
   * @param parameters the layout
   * @return the updater, with fresh state
   * @throws IllegalArgumentException if a pattern matches no tensor, or the state is to be bfloat16
   */
  public DoubleUpdater doubles(Parameters parameters) {
    return new DoubleUpdater(this, requireNonNull(parameters, "parameters"));
  }

  /**
   * The plan as an optimizer of finite sums that takes one step a mini-batch. Its iterates know no
   * value of the whole sum; the loss of the last batch is the metric {@link MiniBatch#BATCH_VALUE}.
   *
   * @param size the terms in a batch, at least 1
   * @return the optimizer
   */
  public MiniBatch miniBatch(int size) {
    return new MiniBatch(this, size, 0);
  }

  @Override
  public Run start(DifferentiableObjective problem, Start start, RandomStream random) {
    return new FullBatchRun(this, problem, start.sample(Optimizer.startStream(random)));
  }

  @Override
  public String name() {
    return rule.name();
  }

  DoubleUpdater updaterFor(int dimension) {
    Parameters parameters = layout == null ? Parameters.vector(dimension) : layout;
    Checks.length("the start, of the plan's layout,", dimension, parameters.length());
    return doubles(parameters);
  }

  UpdateRule ruleFor(String tensor) {
    UpdateRule chosen = rule;
    for (Group group : groups) {
      if (group.matches(tensor)) {
        chosen = group.rule;
      }
    }
    return chosen;
  }

  void requireEveryPatternMatches(Parameters parameters) {
    for (Group group : groups) {
      if (parameters.tensors().stream().noneMatch(tensor -> group.matches(tensor.name()))) {
        throw new IllegalArgumentException(
            "pattern " + group.pattern + " matches no tensor of " + parameters);
      }
    }
  }

  List<GradientTransform> transforms() {
    return transforms;
  }

  NonFinite nonFinite() {
    return nonFinite;
  }

  @Nullable Plateau plateau() {
    return plateau;
  }

  int threads() {
    return threads;
  }

  boolean bfloat16State() {
    return bfloat16.state;
  }

  long roundingSeed() {
    return bfloat16.roundingSeed;
  }

  private static <T> List<T> with(List<T> list, T one) {
    List<T> more = new ArrayList<>(list);
    more.add(one);
    return more;
  }

  /** Every hyper-parameter; the threads are none. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(rule.toString());
    groups.forEach(group -> text.append(", ").append(group));
    transforms.forEach(transform -> text.append(", ").append(transform));
    if (nonFinite != NonFinite.SKIP) {
      text.append(", nonFinite=").append(nonFinite);
    }
    if (plateau != null) {
      text.append(", ").append(plateau);
    }
    if (bfloat16.state) {
      text.append(", bfloat16State");
    }
    if (bfloat16.roundingSeed != 0) {
      text.append(", roundingSeed=").append(bfloat16.roundingSeed);
    }
    return text.toString();
  }

  /** Whether the state is bfloat16, and the seed of everything that is rounded to it. */
  private record Bfloat16Use(boolean state, long roundingSeed) {}

  private record Group(String pattern, UpdateRule rule) {

    boolean matches(String name) {
      String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
      return Pattern.matches(regex, name);
    }

    @Override
    public String toString() {
      return pattern + "=" + rule;
    }
  }
}
