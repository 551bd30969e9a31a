package dev.optim.zeroth;

import dev.optim.EvaluationException;
import dev.optim.Iterate;
import dev.optim.RankingOracle;
import dev.optim.Run;
import dev.optim.StopReason;
import dev.optim.state.Checkpoint;
import java.util.Optional;

/** A run by ask and tell whose questions an oracle answers. */
final class RankedRun implements Run {

  private final AskRank dialogue;
  private final RankingOracle oracle;

  RankedRun(AskRank dialogue, RankingOracle oracle) {
    this.dialogue = dialogue;
    this.oracle = oracle;
  }

  @Override
  public Optional<StopReason> advance() {
    long before = iterate().iteration();
    while (iterate().iteration() == before) {
      try {
        dialogue.tell(oracle.levels(dialogue.ask(), dialogue.top()));
      } catch (EvaluationException e) {
        throw e;
      } catch (Exception e) {
        // an answer that is no ranking is the oracle's failure as much as an exception is
        throw new EvaluationException("ranking", e);
      }
    }
    return Optional.empty();
  }

  @Override
  public Iterate iterate() {
    return dialogue.iterate();
  }

  @Override
  public Checkpoint checkpoint() {
    return dialogue.checkpoint();
  }

  @Override
  public void restore(Checkpoint checkpoint) {
    dialogue.restore(checkpoint);
  }
}
