package dev.optim.bench.problem.bilevel;

import dev.optim.Optimizer;
import dev.optim.Run;
import dev.optim.Start;
import dev.optim.bilevel.BilevelProblem;
import dev.optim.random.RandomStream;
import java.util.Arrays;

/**
 * A bilevel method that takes a problem of two forms in one of them, from the first coordinates of
 * the start.
 *
 * @param form which form
 * @param method the method
 */
public record OneForm(Form form, Optimizer<BilevelProblem> method) implements Optimizer<TwoForms> {

  /** The two forms. */
  public enum Form {
    /** The problem as it is stated. */
    STATED {
      @Override
      BilevelProblem of(TwoForms forms) {
        return forms.stated();
      }
    },
    /** The problem without coupling constraints. */
    REDUCED {
      @Override
      BilevelProblem of(TwoForms forms) {
        return forms.reduced();
      }
    };

    abstract BilevelProblem of(TwoForms forms);
  }

  @Override
  public Run start(TwoForms forms, Start start, RandomStream random) {
    BilevelProblem problem = form.of(forms);
    int dimension = problem.upperDimension() + problem.lowerDimension();
    double[] whole = start.sample(Optimizer.startStream(random));
    return method.start(problem, Start.at(Arrays.copyOf(whole, dimension)), random);
  }

  @Override
  public String name() {
    return method.name();
  }
}
