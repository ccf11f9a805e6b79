package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The table of transitions at {@link WorkerState}. */
class WorkerStateTest {
  private static Set<WorkerState> those(Predicate<WorkerState> condition) {
    Set<WorkerState> found = EnumSet.allOf(WorkerState.class);
    found.removeIf(condition.negate());
    return found;
  }

  @Test
  void ready_keepsASpareASpare_andLeavesOtherStates() {
    assertThat(WorkerState.STARTING.ready()).isEqualTo(WorkerState.SERVING);
    assertThat(WorkerState.STARTING_SPARE.ready()).isEqualTo(WorkerState.SPARE);
    assertThat(those(each -> each.ready() == each)).containsExactlyInAnyOrder(WorkerState.SPARE, WorkerState.SERVING,
        WorkerState.LEAVING, WorkerState.CONDEMNED, WorkerState.GONE);
  }

  @Test
  void hired_makesASpareServe_andLeavesOtherStates() {
    assertThat(WorkerState.STARTING_SPARE.hired()).isEqualTo(WorkerState.STARTING);
    assertThat(WorkerState.SPARE.hired()).isEqualTo(WorkerState.SERVING);
    assertThat(those(each -> each.hired() == each)).containsExactlyInAnyOrder(WorkerState.STARTING, WorkerState.SERVING,
        WorkerState.LEAVING, WorkerState.CONDEMNED, WorkerState.GONE);
  }

  @Test
  void questions_areTrueForTheirStatesOnly() {
    assertThat(those(WorkerState::isLeaving)).containsExactlyInAnyOrder(WorkerState.LEAVING, WorkerState.CONDEMNED,
        WorkerState.GONE);
    assertThat(those(WorkerState::isStarting)).containsExactlyInAnyOrder(WorkerState.STARTING, WorkerState.STARTING_SPARE);
    assertThat(those(WorkerState::isSpare)).containsExactlyInAnyOrder(WorkerState.SPARE, WorkerState.STARTING_SPARE);
    assertThat(those(WorkerState::isActive)).containsExactlyInAnyOrder(WorkerState.STARTING, WorkerState.SERVING);
  }
}
