package dev.optim.bench.example;

import dev.optim.BatchSampler;
import dev.optim.FiniteSum;
import dev.optim.Optimizer;
import dev.optim.bench.problem.Problem;
import dev.optim.bench.problem.Problems;
import dev.optim.random.RandomStream;
import dev.optim.schedule.Schedule;
import dev.optim.sgd.AdamW;
import dev.optim.state.Checkpoint;
import dev.optim.update.DoubleUpdater;
import dev.optim.update.GradientTransform;
import dev.optim.update.UpdatePlan;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Trains a 64-32-10 network on handwritten digits in a plain loop: AdamW, no decay on biases, a
 * cosine schedule with warm-up, clipped gradients, a checkpoint after every epoch. Stop it at any
 * time and start it again: it goes on where it was and ends with the same bits.
 */
public final class TrainDigits {

  private static final int EPOCHS = 30;
  private static final int BATCH = 64;

  private TrainDigits() {}

  /**
   * Trains, or goes on training.
   *
   * @param args the checkpoint's file; {@code digits.safetensors} unless given
   * @throws IOException if the checkpoint cannot be read or written
   */
  public static void main(String[] args) throws IOException {
    train(Path.of(args.length > 0 ? args[0] : "digits.safetensors"), EPOCHS, System.out);
  }

  /**
   * Trains up to the end of an epoch, beginning where the checkpoint stands.
   *
   * @param file the checkpoint; made if it does not exist
   * @param untilEpoch the epochs that are complete at the end, at most those of the schedule
   * @param out is told of each epoch
   * @return the parameters
   */
  static double[] train(Path file, int untilEpoch, PrintStream out) throws IOException {
    Problem<FiniteSum> digits = Problems.digitsMlp();
    Problem.Instance<FiniteSum> instance = digits.open();
    FiniteSum network = instance.oracle();
    RandomStream random = RandomStream.of(1);
    BatchSampler batches = new BatchSampler(network.terms(), BATCH, random.split("batches"));
    int perEpoch = batches.batchesPerEpoch();

    // the plan: which rule serves which tensors, and what happens to the gradient before
    long warmUp = perEpoch;
    Schedule stepSize = Schedule.cosine(0.01, 1e-4, (long) EPOCHS * perEpoch - warmUp);
    AdamW adamW = AdamW.of(0.01).withWeightDecay(0.05).withStepSize(stepSize.withWarmUp(warmUp));
    DoubleUpdater updater =
        UpdatePlan.of(adamW)
            .withRule("*.bias", adamW.withWeightDecay(0))
            .withTransform(GradientTransform.clipByGlobalNorm(1))
            .doubles(digits.layout());

    double[] x = digits.start().sample(Optimizer.startStream(random));
    double[] gradient = new double[x.length];
    int epoch = 0;
    if (Files.exists(file)) {
      Checkpoint saved = Checkpoint.read(file);
      updater.restore(saved.part("updater."));
      x = saved.doubles("parameters", x.length);
      epoch = (int) saved.metaLong("epoch");
      out.println(
          (epoch < untilEpoch ? "going on" : "nothing is left to do") + " after epoch " + epoch);
    }

    while (epoch < untilEpoch) {
      double loss = 0;
      for (int batch = 0; batch < perEpoch; batch++) {
        int[] samples = batches.batch((long) epoch * perEpoch + batch);
        loss += network.valueAndGradient(x, samples, gradient) / perEpoch;
        updater.step(x, gradient);
      }
      epoch++;
      Checkpoint.builder()
          .meta("epoch", epoch)
          .tensor("parameters", x, x.length)
          .include("updater.", updater.checkpoint())
          .build()
          .write(file);
      double accuracy = instance.measurement().at(x)[1];
      out.printf(Locale.ROOT, "epoch %2d  loss %.4f  test accuracy %.3f%n", epoch, loss, accuracy);
    }
    return x;
  }
}
