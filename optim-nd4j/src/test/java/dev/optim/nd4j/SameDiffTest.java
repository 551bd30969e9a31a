package dev.optim.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.optim.GradientCheck;
import dev.optim.Minimizer;
import dev.optim.Result;
import dev.optim.Start;
import dev.optim.Stop;
import dev.optim.random.RandomStream;
import dev.optim.sgd.Adam;
import dev.optim.update.UpdatePlan;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SameDiffTest {

  private static final int TERMS = 12;

  private final INDArray features = gaussian(1, TERMS, 3);
  private final INDArray targets = gaussian(2, TERMS, 2);

  /** A small network: tanh(features w + b) v, squared error against the targets. */
  private static SameDiff network() {
    SameDiff graph = SameDiff.create();
    SDVariable in = graph.placeHolder("in", DataType.DOUBLE, -1, 3);
    SDVariable target = graph.placeHolder("target", DataType.DOUBLE, -1, 2);
    SDVariable w = graph.var("w", gaussian(3, 3, 4));
    SDVariable b = graph.var("b", gaussian(4, 4));
    SDVariable v = graph.var("v", gaussian(5, 4, 2).dup('f'));
    graph.var("unused", gaussian(6, 5));
    SDVariable out = graph.math.tanh(in.mmul(w).add(b)).mmul(v);
    graph.loss.meanSquaredError("loss", target, out, null);
    graph.setLossVariables("loss");
    return graph;
  }

  static INDArray gaussian(long seed, long... shape) {
    long n = 1;
    for (long d : shape) {
      n *= d;
    }
    double[] values = new double[(int) n];
    RandomStream.of(seed).fillGaussian(values);
    return Nd4j.createFromArray(values).reshape('c', shape);
  }

  private Map<String, INDArray> data() {
    return Map.of("in", features, "target", targets);
  }

  @Test
  void theGradientIsThatOfTheValue() {
    SameDiffObjective objective = SameDiffObjective.of(network(), data());
    double[] x = objective.point();
    assertThat(objective.layout().length()).isEqualTo(4 + 5 + 8 + 12);
    GradientCheck.at(objective, x).orThrow(1e-8);
    double[] out = new double[x.length];
    assertThat(objective.valueAndGradient(x, out)).isEqualTo(objective.value(x));
    int unused = objective.layout().tensor("unused").offset();
    assertThat(out[unused]).isZero();
  }

  @Test
  void aPointIsWrittenIntoTheVariables() {
    SameDiff graph = network();
    SameDiffObjective objective = SameDiffObjective.of(graph, data());
    double[] x = new double[objective.layout().length()];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    objective.assign(x);
    assertThat(objective.point()).isEqualTo(x);
    int v = objective.layout().tensor("v").offset();
    assertThat(graph.getVariable("v").getArr().getDouble(1, 0)).isEqualTo(v + 2.0);
  }

  @Test
  void theSumIsTheMeanOfItsTerms() {
    SameDiffSum sum = SameDiffSum.of(network(), data());
    SameDiffObjective whole = SameDiffObjective.of(network(), data());
    double[] x = sum.point();
    double[] g = new double[x.length];
    double[] expected = new double[x.length];
    assertThat(sum.terms()).isEqualTo(TERMS);
    assertThat(sum.valueAndGradient(x, g)).isEqualTo(whole.valueAndGradient(x, expected));
    assertThat(g).isEqualTo(expected);
    int[] batch = {3, 0, 3, 11};
    double[][] terms = new double[batch.length][x.length];
    sum.termGradients(x, batch, terms);
    double value = sum.valueAndGradient(x, batch, g);
    assertThat(value).isCloseTo(sum.value(x, batch), within(1e-14));
    for (int i = 0; i < x.length; i++) {
      double mean = (terms[0][i] + terms[1][i] + terms[2][i] + terms[3][i]) / 4;
      assertThat(g[i]).isCloseTo(mean, within(1e-12));
    }
  }

  @Test
  void methodsMinimiseIt() {
    SameDiffObjective objective = SameDiffObjective.of(network(), data());
    double[] x = objective.point();
    double before = objective.value(x);
    Result result =
        Minimizer.until(Stop.iterations(60)).minimize(Adam.of(0.05), objective, Start.at(x));
    assertThat(result.value()).isLessThan(before / 2);
    SameDiffSum sum = SameDiffSum.of(network(), data());
    Result batches =
        Minimizer.until(Stop.iterations(60))
            .minimize(UpdatePlan.of(Adam.of(0.05)).miniBatch(6), sum, Start.at(x));
    assertThat(sum.value(batches.point())).isLessThan(before / 2);
  }

  @Test
  void singlePrecisionRoundsThePoint() {
    SameDiff graph = SameDiff.create();
    SDVariable w = graph.var("w", Nd4j.createFromArray(3f, -2f));
    w.mul(w).sum("loss");
    graph.setLossVariables("loss");
    SameDiffObjective objective = SameDiffObjective.of(graph);
    double[] out = new double[2];
    assertThat(objective.valueAndGradient(new double[] {1.5, 0.1}, out))
        .isCloseTo(2.26, within(1e-6));
    assertThat(out[0]).isEqualTo(3);
    assertThat(out[1]).isEqualTo(2 * 0.1f);
  }

  @Test
  void refusesWhatIsNoSuchProblem() {
    SameDiff graph = network();
    assertThatThrownBy(() -> SameDiffObjective.of(graph, Map.of("w", features)))
        .hasMessage("w is no placeholder of the graph");
    assertThatThrownBy(() -> SameDiffObjective.of(graph, Map.of("in", features)))
        .hasMessage("the loss needs placeholder target, not given");
    assertThatThrownBy(() -> SameDiffObjective.of(SameDiff.create()))
        .hasMessageContaining("no loss variables");
    assertThatThrownBy(
            () -> SameDiffSum.of(graph, Map.of("in", features, "target", gaussian(1, 5, 2))))
        .hasMessageContaining("rows, another array");
    SameDiffSum sum = SameDiffSum.of(graph, data());
    double[] x = sum.point();
    assertThatThrownBy(() -> sum.value(x, new int[] {TERMS})).hasMessageContaining("batch[0]");
    assertThatThrownBy(() -> sum.value(x, new int[0])).hasMessageContaining("batch.length");
    assertThatThrownBy(() -> sum.value(new double[3])).hasMessage("x has length 3, expected 29");
    assertThatThrownBy(() -> sum.valueAndGradient(x, new double[3]))
        .hasMessage("out has length 3, expected 29");
    assertThat(sum.point()).isEqualTo(x);
  }

  @Test
  void variablesWhoseShapeChangedAreRefusedBeforeAnythingIsWritten() {
    SameDiff graph = network();
    SameDiffObjective objective = SameDiffObjective.of(graph, data());
    double[] x = objective.point();
    INDArray w = graph.getVariable("w").getArr().dup();
    graph.getVariable("v").setArray(gaussian(8, 2, 4));
    assertThatThrownBy(() -> objective.value(new double[x.length]))
        .hasMessageContaining("variable v has shape [2, 4] now, had [4, 2]");
    assertThat(graph.getVariable("w").getArr()).isEqualTo(w);
  }

  @Test
  void refusesALossThatIsASum() {
    SameDiff graph = SameDiff.create();
    SDVariable in = graph.placeHolder("in", DataType.DOUBLE, -1, 3);
    SDVariable w = graph.var("w", gaussian(7, 3, 1));
    in.mmul(w).norm2("loss");
    graph.setLossVariables("loss");
    assertThatThrownBy(() -> SameDiffSum.of(graph, Map.of("in", features)))
        .hasMessageContaining("the loss is no mean over rows");
  }
}
