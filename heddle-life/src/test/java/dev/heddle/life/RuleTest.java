package dev.heddle.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heddle.iter.Coroutine;
import dev.heddle.iter.StopIteration;
import dev.heddle.life.Step.Query;
import dev.heddle.life.Step.Transition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule without any grid: the test answers its questions. */
@Timeout(60)
final class RuleTest {
  private static final List<Step> AROUND_10_20 = List.of(
      new Query(9, 19), new Query(9, 20), new Query(9, 21),
      new Query(10, 19), new Query(10, 21),
      new Query(11, 19), new Query(11, 20), new Query(11, 21));

  @ParameterizedTest
  @CsvSource({
      "ALIVE,0,EMPTY", "ALIVE,1,EMPTY", "ALIVE,2,ALIVE", "ALIVE,3,ALIVE", "ALIVE,4,EMPTY", "ALIVE,8,EMPTY",
      "EMPTY,0,EMPTY", "EMPTY,2,EMPTY", "EMPTY,3,ALIVE", "EMPTY,4,EMPTY", "EMPTY,8,EMPTY"
  })
  void next_isConwaysRule(Cell state, int neighbors, Cell expected) {
    assertThat(Rule.next(state, neighbors)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 8})
  void countNeighbors_asksForTheEightAround_returnsHowManyAreAlive(int alive) {
    Coroutine<Step, Cell, Integer> count = Rule.countNeighbors(10, 20);
    assertThat(count.next()).isEqualTo(AROUND_10_20.getFirst());
    for (int i = 1; i < 8; i++) {
      assertThat(count.send(i <= alive ? Cell.ALIVE : Cell.EMPTY)).isEqualTo(AROUND_10_20.get(i));
    }
    assertThatExceptionOfType(StopIteration.class).isThrownBy(() -> count.send(alive == 8 ? Cell.ALIVE : Cell.EMPTY));
    assertThat(count.result()).isEqualTo(alive);
  }

  @Test
  void stepCell_asksForItselfAndAround_thenTellsWhatBecomesOfIt() {
    Coroutine<Step, Cell, ?> step = Rule.stepCell(10, 20);
    assertThat(step.next()).isEqualTo(new Query(10, 20));
    Step said = step.send(Cell.EMPTY);
    for (int i = 0; i < 8; i++) {
      assertThat(said).isEqualTo(AROUND_10_20.get(i));
      said = step.send(i < 3 ? Cell.ALIVE : Cell.EMPTY);
    }
    assertThat(said).isEqualTo(new Transition(10, 20, Cell.ALIVE));
    assertThat(step.hasNext()).isFalse();
  }

  @Test
  void simulate_twoByOne_ticksAfterEachCellHadItsTransition_forEver() {
    Coroutine<Step, Cell, ?> sim = Rule.simulate(2, 1);
    for (int generation = 0; generation < 3; generation++) {
      assertThat(transition(sim)).isEqualTo(new Transition(0, 0, Cell.EMPTY));
      assertThat(transition(sim)).isEqualTo(new Transition(1, 0, Cell.EMPTY));
      assertThat(sim.next()).isEqualTo(Step.TICK);
    }
  }

  private static Step transition(Coroutine<Step, Cell, ?> sim) {
    Step step = sim.next();
    while (step instanceof Query) {
      step = sim.send(Cell.EMPTY);
    }
    return step;
  }

  @ParameterizedTest
  @CsvSource({"0,5,height,0", "5,-1,width,-1", "2049,5,height,2049"})
  void simulate_sizeOutOfBounds_isToldAtOnce(int height, int width, String name, int value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rule.simulate(height, width))
        .withMessage(name + " must be from 1 to 2048, but was " + value);
  }

  @Test
  void coroutines_areCompiledToStateMachines() {
    assertThat(
        List.of(Rule.simulate(5, 5), Rule.stepCell(0, 0), Rule.countNeighbors(0, 0), Life.generations(new Grid(1, 1))))
        .allSatisfy(it -> assertThat(it.getClass().getSuperclass().getSimpleName()).isEqualTo("CompiledCoroutine"));
  }
}
