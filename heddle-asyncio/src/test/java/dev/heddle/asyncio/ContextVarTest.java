package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.ContextCarrier;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values that are put back, contexts of tasks, and callbacks in the context of their registrant. */
class ContextVarTest extends LoopContract {
  private final ContextVar<String> user = ContextVar.of("user", "none");
  private final ScopedValue<String> request = ScopedValue.newInstance();

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  @Test
  void reset_putsTheValueFromBeforeBack_once() {
    run(a -> {
      ContextVar.Token first = user.set("ada");
      ContextVar.Token second = user.set("eve");
      second.reset();
      assertThat(user.get()).isEqualTo("ada");
      first.reset();
      assertThat(user.get()).isEqualTo("none");
      assertThatThrownBy(first::reset).isInstanceOf(LoopStateException.class).hasMessageContaining("a token resets once");
      ContextVar.Token own = user.set("main's");
      Task<@Nullable Void> other = Asyncio.createTask(Async.action(_ -> own.reset()));
      assertThatThrownBy(() -> a.await(other)).isInstanceOf(LoopStateException.class).hasMessageContaining("of task 'main'");
      assertThat(user.get()).isEqualTo("main's");
    });
  }

  @Test
  void contextForATask() {
    run(a -> {
      user.set("main's");
      Context context = Context.current().with(user, "its own");
      Task<String> own = context.call(() -> Asyncio.createTask(Async.of(b -> {
        b.await(Asyncio.yieldNow());
        return user.get();
      })));
      Task<String> bare = Context.empty().call(() -> Asyncio.createTask(Async.of(_ -> user.get())));
      assertThat(user.get()).isEqualTo("main's");
      assertThat(a.<String>await(own)).isEqualTo("its own");
      assertThat(a.<String>await(bare)).isEqualTo("none");
      assertThat(context.get(user)).isEqualTo("its own");
      assertThat(Context.empty().get(user)).isEqualTo("none");
    });
  }

  @Test
  void whatACallSetsWithinAContext_isGoneAfterwards() {
    run(_ -> {
      user.set("main's");
      Context.current().call(() -> user.set("inside"));
      assertThat(user.get()).isEqualTo("main's");
    });
  }

  @Test
  void callbacks_seeTheValuesOfTheirRegistrant() {
    run(a -> {
      EventLoop loop = EventLoop.current();
      Task<String> task = Asyncio.createTask(later(1, ""));
      user.set("registrant");
      loop.callSoon(() -> log.add("soon " + user.get()));
      loop.callLater(SECOND, () -> log.add("later " + user.get()));
      loop.callAt(loop.nanoTime() + 2 * SECOND.toNanos(), () -> {
        log.add("at " + user.get());
        Asyncio.createTask(Async.action(_ -> log.add("its task " + user.get())));
      });
      task.addDoneCallback(_ -> log.add("done " + user.get()));
      user.set("later value");
      a.await(Asyncio.sleep(seconds(3)));
      assertThat(user.get()).isEqualTo("later value");
    });
    assertThat(log)
        .containsExactly("soon registrant", "later registrant", "done registrant", "at registrant", "its task registrant");
  }

  @Test
  void callbackOfAnotherThread_andASubmittedTask_seeWhatThatThreadSees() {
    run(a -> {
      EventLoop loop = EventLoop.current();
      user.set("main's");
      CompletableFuture<String> seen = a.await(Asyncio.toThread(() -> {
        loop.callSoon(() -> log.add(user.get()));
        return loop.submit(Async.of(_ -> user.get()));
      }));
      assertThat(a.<String>await(seen)).isEqualTo("main's");
    });
    assertThat(log).containsExactly("main's");
  }

  @Test
  void loopInACallOnAnotherThread_beginsWithTheValuesOfThatCall() {
    run(a -> {
      user.set("outer");
      assertThat(a.<String>await(Asyncio.toThread(() -> EventLoop.<String>run(_ -> user.get())))).isEqualTo("outer");
    });
  }

  @Test
  void carriersOfTheOptions_reachCallbacksAndTheTasksThatTheyMake() {
    EventLoop.run(options().withContext(ContextCarrier.scoped(request)), a -> {
      EventLoop loop = EventLoop.current();
      ScopedValue.where(request, "r1").run(() -> loop.callSoon(() -> {
        log.add(request.get());
        Asyncio.createTask(Async.action(_ -> log.add("task " + request.get())));
      }));
      a.await(Asyncio.sleep(SECOND));
      assertThat(request.isBound()).isFalse();
    });
    assertThat(log).containsExactly("r1", "task r1");
  }

  @Test
  void set_inACallback_isRefusedWithTheRemedy() {
    run(a -> {
      EventLoop.current().callSoon(() -> user.set("x"));
      a.await(Asyncio.yieldNow());
    });
    assertThat(problems).singleElement().extracting(LoopProblem::message).asString().contains("Context.with");
  }
}
