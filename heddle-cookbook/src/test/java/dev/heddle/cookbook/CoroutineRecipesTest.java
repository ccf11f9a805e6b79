package dev.heddle.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.iter.GeneratorState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The outcomes of the rows about generator-based coroutines. */
@Timeout(60)
final class CoroutineRecipesTest {

  @Test
  void a12_primedThenSent_receivesAndEnds() throws Exception {
    assertThat(Output.of(new A12SendToACoroutine()).text())
        .startsWith(">>> coroutine started.%n>>> coroutine received : 100%nStopIteration: ".formatted());
  }

  @Test
  void a13_sendBeforePriming_saysWhatToDo() throws Exception {
    assertThat(Output.of(new A13SendBeforePriming()).text())
        .contains("NotStarted: send(100) before the body has reached a yield", "call next() once first")
        .doesNotContain("coroutine started")
        .endsWith("CREATED%n".formatted());
  }

  @Test
  void a13_coroutineAfterTheError_canStillBePrimed() {
    Output out = new Output();
    var coroutine = A12SendToACoroutine.coroutine1(out);
    try {
      coroutine.send(100);
    } catch (RuntimeException tooEarly) {
      coroutine.next();
    }
    assertThat(coroutine.state()).isEqualTo(GeneratorState.SUSPENDED);
    assertThat(out.text()).contains("coroutine started");
  }

  @Test
  void a14_exchange_goesThroughAllFourStates() throws Exception {
    assertThat(Output.of(new A14TwoWayExchange()).lines())
        .containsExactly(
            "CREATED",
            ">>> coroutine started : x = 100, RUNNING",
            "100",
            "SUSPENDED",
            ">>> coroutine received : y = 200",
            "300",
            "SUSPENDED",
            ">>> coroutine received : z = 300",
            "CLOSED");
  }

  @Test
  void c16_minimize_answersWithTheLeastSoFar() throws Exception {
    assertThat(Output.of(new C16Minimize()).lines())
        .containsExactly("Received: First", "Received: Second", "10", "4", "4", "-1");
  }

  @Test
  void c17_blinkerAlternates_gliderFliesInFourGenerations() throws Exception {
    assertThat(Output.of(new C17GameOfLife()).lines())
        .containsExactly(
            "blinker",
            "-----  -----  -----  -----",
            "-----  --*--  -----  --*--",
            "-***-  --*--  -***-  --*--",
            "-----  --*--  -----  --*--",
            "-----  -----  -----  -----",
            "",
            "glider",
            "-------  -------  -------  -------  -------",
            "-------  -------  -------  -------  -------",
            "---*---  -------  -------  -------  -------",
            "----*--  --*-*--  ----*--  ---*---  ----*--",
            "--***--  ---**--  --*-*--  ----**-  -----*-",
            "-------  ---*---  ---**--  ---**--  ---***-",
            "-------  -------  -------  -------  -------",
            "");
  }

  @Test
  void c18_delegationByHand_equalsYieldFrom() throws Exception {
    assertThat(Output.of(new C18DelegationByHand()).lines())
        .containsExactly("[A, 1, 2, B] = [A, 1, 2, B]", "[1, 8] = [1, 8]", "[4] = [4]");
  }
}
