package dev.heddle.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That each pattern does what it is famous for. */
@Timeout(60)
final class PatternsTest {

  private static Grid start(String name, int height, int width) {
    return Patterns.named(name).inTheMiddleOf(height, width);
  }

  @ParameterizedTest
  @CsvSource({"block,1,4", "blinker,2,3", "toad,2,6", "beacon,2,6", "pulsar,3,48", "pentadecathlon,15,12"})
  void oscillator_comesBackAfterItsPeriodAndNotBefore(String name, int period, int population) {
    Grid start = start(name, 18, 18);
    assertThat(start.population()).isEqualTo(population);
    List<Grid> generations = Life.generations(start).limit(period + 1).toList();
    assertThat(generations.subList(1, period)).doesNotContain(start);
    assertThat(generations.getLast()).isEqualTo(start);
  }

  @ParameterizedTest
  @CsvSource({"glider,1,1,5", "lwss,0,-2,9", "mwss,0,-2,11", "hwss,0,-2,13"})
  void spaceship_hasMovedAfterFourGenerations(String name, int down, int right, int population) {
    Grid start = start(name, 20, 20);
    assertThat(start.population()).isEqualTo(population);
    assertThat(LifeTest.after(4, start)).isEqualTo(LifeTest.moved(start, down, right));
  }

  @Test
  void diehard_diesAfter130Generations() {
    List<Grid> generations = Life.generations(start("diehard", 40, 40)).limit(131).toList();
    assertThat(generations.get(129).population()).isPositive();
    assertThat(generations.get(130).population()).isZero();
  }

  @Test
  void gosperGun_shootsAGliderEvery30Generations() {
    List<Grid> generations = Life.generations(start("gosper-gun", 40, 50)).limit(61).toList();
    assertThat(generations.getFirst().population()).isEqualTo(36);
    assertThat(generations.get(30).population()).isEqualTo(36 + 5);
    assertThat(generations.get(60).population()).isEqualTo(36 + 10);
  }

  @ParameterizedTest
  @CsvSource({"r-pentomino,5,50,64", "acorn,7,50,96"})
  void methuselah_growsForLong(String name, int population, int generations, int grown) {
    Grid start = start(name, 40, 40);
    assertThat(start.population()).isEqualTo(population);
    assertThat(LifeTest.after(generations, start).population()).isEqualTo(grown);
  }

  @ParameterizedTest
  @CsvSource({"GLIDER,glider", "Gosper gun,gosper-gun", "' toad ',toad"})
  void named_otherwiseSpelled_isTheSame(String spelled, String name) {
    assertThat(Patterns.named(spelled).name()).isEqualTo(name);
  }

  @Test
  void named_unknown_namesThemAll() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Patterns.named("gilder"))
        .withMessageStartingWith("there is no pattern 'gilder'; there are block, blinker, ")
        .withMessageContaining("gosper-gun");
  }

  @Test
  void inTheMiddleOf_tooSmall_saysWhatItNeeds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> start("gosper-gun", 9, 35))
        .withMessage("a grid of 35x9 is too small for gosper-gun; it needs 36x9");
  }

  @Test
  void inTheMiddleOf_exactlyItsSize_fits() {
    assertThat(start("glider", 3, 3)).hasToString("-*-\n--*\n***");
  }
}
