package dev.optim.bench.example;

import dev.optim.FiniteSum;
import dev.optim.Minimizer;
import dev.optim.Result;
import dev.optim.Stop;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.problem.Problems;
import dev.optim.schedule.Schedule;
import dev.optim.sgd.AdaBelief;
import dev.optim.sgd.AdaDelta;
import dev.optim.sgd.AdaGrad;
import dev.optim.sgd.AdaMax;
import dev.optim.sgd.Adam;
import dev.optim.sgd.AdamP;
import dev.optim.sgd.AdamW;
import dev.optim.sgd.Adan;
import dev.optim.sgd.AmsGrad;
import dev.optim.sgd.Averaged;
import dev.optim.sgd.DiffGrad;
import dev.optim.sgd.Kappas;
import dev.optim.sgd.Lion;
import dev.optim.sgd.LionK;
import dev.optim.sgd.Lookahead;
import dev.optim.sgd.Muon;
import dev.optim.sgd.NAdam;
import dev.optim.sgd.RAdam;
import dev.optim.sgd.RmsProp;
import dev.optim.sgd.ScheduleFreeAdamW;
import dev.optim.sgd.ScheduleFreeSgd;
import dev.optim.sgd.Sgd;
import dev.optim.sgd.SgdP;
import dev.optim.update.MiniBatch;
import dev.optim.update.UpdatePlan;
import dev.optim.update.UpdateRule;
import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The figures of the algorithm pages: every rule trains the 64-32-10 network on handwritten digits
 * for 30 epochs of batches of 64, with a cosine schedule down to zero (the Schedule-Free rules with
 * none). Its step size is the one of eleven, a third of a decade to half a decade apart, that has
 * the lowest training loss at the end of a run of its own; the figures are medians of five further
 * runs, whose starts and batches are the same for all rules.
 */
public final class RulesOnDigits {

  private static final int BATCH = 64;
  private static final int RUNS = 5;
  private static final long TUNING_SEED = 100;
  private static final double[] STEP_SIZES = {
    1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, 10
  };

  /** The rules whose gradient is taken uphill. */
  private static final Set<String> SHARPNESS_AWARE = Set.of("sam-momentum");

  private static final double RADIUS = 0.05;

  private RulesOnDigits() {}

  /**
   * Prints a line for each rule.
   *
   * @param args the names of rules; all of them unless given
   */
  public static void main(String[] args) {
    print(Arrays.asList(args), Problems.digitsMlp(), System.out);
  }

  static void print(List<String> names, Problem<FiniteSum> problem, PrintStream out) {
    for (String name : names) {
      if (!rules().containsKey(name)) {
        throw new IllegalArgumentException(name + " is none of " + rules().keySet());
      }
    }
    out.println("| rule | step size | training loss | test accuracy |");
    out.println("|---|---|---|---|");
    rules()
        .keySet()
        .forEach(
            name -> {
              if (names.isEmpty() || names.contains(name)) {
                out.println(figures(name, problem).row(name));
              }
            });
  }

  /** What a rule reaches: medians over the runs. */
  record Figures(double stepSize, double loss, double accuracy) {

    /** As the pages have it. */
    String row(String rule) {
      DecimalFormat shortest =
          new DecimalFormat("0.####", DecimalFormatSymbols.getInstance(Locale.ROOT));
      return String.format(
          Locale.ROOT,
          "| %s | %s | %.4f | %.3f |",
          rule,
          shortest.format(stepSize),
          loss,
          accuracy);
    }
  }

  static Figures figures(String name, Problem<FiniteSum> problem) {
    double stepSize = Double.NaN;
    double least = Double.POSITIVE_INFINITY;
    for (double candidate : STEP_SIZES) {
      double loss = run(name, candidate, problem, TUNING_SEED)[0];
      if (loss < least) { // a loss that is not a number never is
        least = loss;
        stepSize = candidate;
      }
    }
    return figures(name, stepSize, problem);
  }

  /** With a step size that is known. */
  static Figures figures(String name, double stepSize, Problem<FiniteSum> problem) {
    double[] losses = new double[RUNS];
    double[] accuracies = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      double[] measured = run(name, stepSize, problem, i + 1);
      losses[i] = measured[0];
      accuracies[i] = measured[1];
    }
    Arrays.sort(losses);
    Arrays.sort(accuracies);
    return new Figures(stepSize, losses[RUNS / 2], accuracies[RUNS / 2]);
  }

  /** Training loss and test accuracy at the end of a run. */
  private static double[] run(String name, double stepSize, Problem<FiniteSum> problem, long seed) {
    Problem.Instance<FiniteSum> instance = problem.open();
    FiniteSum network = instance.oracle();
    long steps = problem.budget().total() / BATCH;
    UpdateRule rule = rules().get(name).apply(Schedule.cosine(stepSize, 0, steps));
    UpdatePlan plan = UpdatePlan.of(rule).withLayout(problem.layout());
    MiniBatch method = plan.miniBatch(BATCH);
    Result result =
        Minimizer.until(Stop.iterations(steps))
            .seed(seed)
            .minimize(
                SHARPNESS_AWARE.contains(name) ? method.withSharpnessAware(RADIUS) : method,
                network,
                problem.start());
    return instance.measurement().at(result.point());
  }

  /** The methods that do without a schedule. */
  private static Schedule peak(Schedule cosine) {
    return Schedule.constant(cosine.at(0));
  }

  static Map<String, Function<Schedule, UpdateRule>> rules() {
    Map<String, Function<Schedule, UpdateRule>> rules = new LinkedHashMap<>();
    rules.put("sgd", s -> Sgd.of(0).withStepSize(s));
    rules.put("momentum", s -> Sgd.of(0).withStepSize(s).withMomentum(0.9));
    rules.put("nesterov", s -> Sgd.of(0).withStepSize(s).withNesterov(0.9));
    rules.put("adam", s -> Adam.defaults().withStepSize(s));
    rules.put("adamw", s -> AdamW.defaults().withStepSize(s));
    rules.put("amsgrad", s -> AmsGrad.defaults().withStepSize(s));
    rules.put("adamax", s -> AdaMax.defaults().withStepSize(s));
    rules.put("nadam", s -> NAdam.defaults().withStepSize(s));
    rules.put("radam", s -> RAdam.defaults().withStepSize(s));
    rules.put("adagrad", s -> AdaGrad.defaults().withStepSize(s));
    rules.put("adadelta", s -> AdaDelta.defaults().withStepSize(s));
    rules.put("rmsprop", s -> RmsProp.defaults().withStepSize(s));
    rules.put("adabelief", s -> AdaBelief.defaults().withStepSize(s));
    rules.put("adan", s -> Adan.defaults().withStepSize(s));
    rules.put("diffgrad", s -> DiffGrad.defaults().withStepSize(s));
    rules.put("adamp", s -> AdamP.defaults().withStepSize(s));
    rules.put("sgdp", s -> SgdP.of(0).withStepSize(s).withMomentum(0.9));
    rules.put("lion", s -> Lion.defaults().withStepSize(s));
    rules.put("lion-cautious", s -> Lion.defaults().withStepSize(s).withCautiousFactor(0));
    rules.put("lion-k-l2", s -> LionK.of(0, new Kappas.L2()).withStepSize(s));
    rules.put("lion-k-logcosh", s -> LionK.of(0, new Kappas.LogCosh(0.01)).withStepSize(s));
    rules.put("lion-k-nuclear", s -> LionK.of(0, new Kappas.Nuclear()).withStepSize(s));
    rules.put(
        "muon", s -> Muon.defaults().withStepSize(s).withOthers(AdamW.defaults().withStepSize(s)));
    rules.put("schedule-free-sgd", s -> ScheduleFreeSgd.defaults().withStepSize(peak(s)));
    rules.put("schedule-free-adamw", s -> ScheduleFreeAdamW.defaults().withStepSize(peak(s)));
    rules.put(
        "averaged-adamw", s -> Averaged.exponentially(AdamW.defaults().withStepSize(s), 0.99));
    rules.put("lookahead-adamw", s -> Lookahead.of(AdamW.defaults().withStepSize(s)));
    rules.put("sam-momentum", s -> Sgd.of(0).withStepSize(s).withMomentum(0.9));
    return rules;
  }
}
