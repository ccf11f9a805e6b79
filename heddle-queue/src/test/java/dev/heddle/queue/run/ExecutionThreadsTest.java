package dev.heddle.queue.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.iter.Iter;
import dev.heddle.queue.PipelineException;
import dev.heddle.queue.PipelineOptions;
import dev.heddle.queue.StageOptions;
import dev.heddle.queue.blocking.Cursor;
import dev.heddle.queue.plan.PlanNode;
import dev.heddle.testkit.Bounded;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No thread outlives a run, whatever ended it. */
@Bounded
final class ExecutionThreadsTest {

  /** What ends a run. */
  enum Ending {
    EXHAUSTED, FAILED, LIMITED, STOPPED, CANCELLED
  }

  @ParameterizedTest
  @EnumSource
  void await_anyEndingOnVirtualThreads_leavesNoThread(Ending ending) throws Exception {
    leavesNoThread(ending, StageOptions.workers(3));
  }

  @ParameterizedTest
  @EnumSource
  void await_anyEndingOnPlatformThreads_leavesNoThread(Ending ending) throws Exception {
    leavesNoThread(ending, StageOptions.workers(3).onPlatformThreads());
  }

  private static PlanNode.Stage stage(String name, StageOptions options, PlanNode input, int bad) {
    return new PlanNode.Stage(name, options, new PlanNode.Call(PlanNode.Shape.MAP, item -> {
      if (item.equals(bad)) {
        throw new Exception("bad item");
      }
      return item;
    }), List.of(input));
  }

  private static void leavesNoThread(Ending ending, StageOptions options) throws Exception {
    Stream<Integer> numbers = Stream.iterate(0, n -> n + 1);
    PlanNode source = new PlanNode.Source("source",
        () -> Iter.fromStream(ending == Ending.EXHAUSTED ? numbers.limit(100) : numbers));
    PlanNode a = stage("a", options, source, ending == Ending.FAILED ? 10 : -1);
    PlanNode b = stage("b", options, a, -1);
    PlanNode limit = new PlanNode.Stage("limit", StageOptions.workers(1),
        new PlanNode.Limit(ending == Ending.LIMITED ? 10 : Integer.MAX_VALUE), List.of(b));
    PipelineExecution run = new PipelineExecution(PipelineOptions.defaults(), List.of(limit), 8);
    RunHandle handle = RunHandle.start(run);
    Cursor cursor = new Cursor();
    assertThat(run.results().take(cursor)).isEqualTo(0);
    if (ending == Ending.STOPPED) {
      handle.stop();
    } else if (ending == Ending.CANCELLED) {
      handle.cancel();
    }
    while (run.results().take(cursor) != null) {
      // to the end
    }
    try {
      handle.await();
    } catch (PipelineException expected) {
      assertThat(ending).isEqualTo(Ending.FAILED);
    }
    assertThat(run.threads()).isNotEmpty();
    for (Thread thread : run.threads()) {
      thread.join(); // the report is made by the last worker, which still has to end
    }
  }
}
