package dev.heddle.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order the messages of a worker are acted on when threads that help read some of them, and on which thread. */
@Bounded(seconds = 60)
class DeferredMessagesTest {
  private final List<String> done = new ArrayList<>();
  private final int[] woken = {0};
  private final DeferredMessages messages = new DeferredMessages(() -> woken[0]++);

  private Runnable action(String name) {
    return () -> done.add(name);
  }

  private static Runnable failing(Throwable why) {
    return () -> DeferredMessagesTest.<RuntimeException>rethrow(why);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // a cast to what is thrown
  private static <E extends Throwable> void rethrow(Throwable why) throws E {
    throw (E) why;
  }

  private static WorkerChannel.Share of(Runnable... own) {
    return List.of(own)::contains;
  }

  private static void read(DeferredMessages.Batch batch, WorkerChannel.Share share) {
    batch.leave(share);
    batch.act(share);
  }

  @Test
  void actions_areSharedBetweenAHelperAndTheThreadOfTheChannel() {
    Runnable own = action("own");
    DeferredMessages.Batch batch = messages.new Batch();
    batch.actions().addAll(List.of(action("other"), own));
    read(batch, of(own));
    assertThat(done).containsExactly("own");
    assertThat(woken[0]).isEqualTo(1);
    messages.run();
    assertThat(done).containsExactly("own", "other");
    messages.run();
    assertThat(done).as("done once").hasSize(2);
  }

  @Test
  void actions_allOfWhichAHelperTakes_wakeNoThread() {
    Runnable own = action("own");
    DeferredMessages.Batch batch = messages.new Batch();
    batch.actions().add(own);
    read(batch, of(own));
    assertThat(done).containsExactly("own");
    assertThat(woken[0]).isZero();
  }

  @Test
  void channelsOwnThread_doesEverythingAndFirstWhatCameBefore() {
    DeferredMessages.Batch first = messages.new Batch();
    first.actions().add(action("first"));
    read(first, of());
    DeferredMessages.Batch second = messages.new Batch();
    second.print(action("print"));
    second.actions().add(action("end"));
    read(second, WorkerChannel.Share.ALL);
    assertThat(done).containsExactly("first", "print", "end");
    assertThat(messages.isBehind()).isFalse();
  }

  @Test
  void print_isLeftToTheChannelsThreadWithAllThatFollows() {
    Runnable before = action("before");
    Runnable after = action("after");
    DeferredMessages.Batch batch = messages.new Batch();
    batch.actions().add(before);
    batch.print(action("print"));
    batch.actions().add(after);
    read(batch, of(before, after));
    assertThat(done).containsExactly("before");
    assertThat(woken[0]).isEqualTo(1);
    messages.run();
    assertThat(done).containsExactly("before", "print", "after");
  }

  @Test
  void laterActions_waitUntilAPrintHasBeenHandedOver() {
    DeferredMessages.Batch first = messages.new Batch();
    first.print(action("print"));
    read(first, of());
    Runnable own = action("own");
    DeferredMessages.Batch second = messages.new Batch();
    second.actions().add(own);
    read(second, of(own));
    assertThat(done).isEmpty();
    messages.run();
    assertThat(done).containsExactly("print", "own");
    DeferredMessages.Batch third = messages.new Batch();
    third.actions().add(own);
    read(third, of(own));
    assertThat(done).as("nothing is in front any more").containsExactly("print", "own", "own");
  }

  @Test
  void helper_thatReadsWhileTheChannelsThreadHasAPrint_doesNotOvertakeIt() {
    DeferredMessages.Batch first = messages.new Batch();
    first.print(action("print"));
    first.leave(WorkerChannel.Share.ALL); // it is about to act
    Runnable own = action("own");
    DeferredMessages.Batch second = messages.new Batch();
    second.actions().add(own);
    read(second, of(own));
    assertThat(done).isEmpty();
    first.act(WorkerChannel.Share.ALL);
    messages.run();
    assertThat(done).contains("print", "own");
  }

  @Test
  void listenerThatThrows_costsNoOtherMessage() {
    DeferredMessages.Batch batch = messages.new Batch();
    batch.print(failing(new IllegalStateException("of a listener")));
    batch.actions().add(action("end"));
    read(batch, of());
    messages.run();
    assertThat(done).containsExactly("end");
    DeferredMessages.Batch next = messages.new Batch();
    next.print(failing(new IllegalStateException("of a listener")));
    next.actions().add(action("next"));
    read(next, WorkerChannel.Share.ALL);
    assertThat(done).containsExactly("end", "next");
    Runnable own = action("own");
    DeferredMessages.Batch last = messages.new Batch();
    last.actions().add(own);
    read(last, of(own));
    assertThat(done).as("the failed prints are not waited for").endsWith("own");
  }

  @Test
  void helperWithoutStack_leavesItsShareToTheChannelsThread() {
    int[] tries = {0};
    Runnable own = () -> {
      if (tries[0]++ == 0) {
        throw new StackOverflowError("on purpose");
      }
      done.add("own");
    };
    DeferredMessages.Batch batch = messages.new Batch();
    batch.actions().add(own);
    read(batch, of(own));
    assertThat(done).isEmpty();
    assertThat(woken[0]).isEqualTo(1);
    messages.run();
    assertThat(done).containsExactly("own");
  }

  @Test
  void channel_with257PrintsLeft_isBehind() {
    DeferredMessages.Batch batch = messages.new Batch();
    for (int i = 0; i < 256; i++) {
      batch.print(action("print"));
    }
    read(batch, of());
    assertThat(messages.isBehind()).isFalse();
    DeferredMessages.Batch next = messages.new Batch();
    next.print(action("print"));
    read(next, of());
    assertThat(messages.isBehind()).isTrue();
    messages.run();
    assertThat(messages.isBehind()).isFalse();
  }
}
