package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.futures.ContextCarrier;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the context of a loop's options brings into tasks, on either engine. */
@Timeout(60)
class ContextTest {
  private final ScopedValue<String> user = ScopedValue.newInstance();

  private final LoopOptions options = LoopOptions.defaults().withVirtualTime(true).withContext(ContextCarrier.scoped(user));

  private void assertCarried(Function<AsyncBody<String>, Async<String>> engine) {
    EventLoop.run(
        options,
        a -> {
          AsyncBody<String> body = b -> {
            String before = user.get();
            b.await(Asyncio.yieldNow());
            return before + " and " + user.get();
          };
          Task<String> ada = ScopedValue.where(user, "ada").call(() -> Asyncio.createTask(engine.apply(body)));
          Task<String> eve = ScopedValue.where(user, "eve").call(() -> Asyncio.createTask(engine.apply(body)));
          assertThat(a.await(Asyncio.gather(ada, eve))).isEqualTo(List.of("ada and ada", "eve and eve"));
          assertThat(user.isBound()).isFalse();
          return null;
        });
  }

  @Test
  void scopedValue_isCarriedIntoACompiledBody() {
    assertCarried(LoopContract.Compiled::async);
  }

  @Test
  void scopedValue_isCarriedIntoABodyOnTheFallbackEngine() {
    assertCarried(LoopContract.Fallback::async);
  }

  @Test
  void scopedValue_isCarriedIntoAnActionAndAGeneratorOnTheFallbackEngine() {
    StringBuilder seen = new StringBuilder();
    AsyncAction action = a -> {
      a.await(Asyncio.yieldNow());
      seen.append(user.get());
    };
    AsyncGeneratorBody<String> elements = y -> {
      y.await(Asyncio.yieldNow());
      y.yield(user.get());
    };
    EventLoop.run(
        options,
        a -> {
          AsyncBody<String> body = b -> {
            b.await(Async.action(c -> action.run(c)));
            AsyncIterator<String> all = AsyncGenerator.of(y -> elements.run(y));
            while (b.await(all.hasNext())) {
              seen.append(" ").append(all.next());
            }
            return seen.toString();
          };
          Task<String> task = ScopedValue.where(user, "ada").call(() -> Asyncio.createTask(Async.of(body)));
          assertThat(a.await(task)).isEqualTo("ada ada");
          return null;
        });
  }

  @Test
  void bodyOnTheFallbackEngine_throwsUnchanged() {
    AsyncBody<String> body = a -> {
      throw new java.io.IOException(user.get());
    };
    assertThatThrownBy(
        () -> EventLoop.run(
            options,
            a -> a.await(ScopedValue.where(user, "eve").call(
                () -> Asyncio.createTask(LoopContract.Fallback.async(body))))))
        .isInstanceOf(java.io.IOException.class)
        .hasMessage("eve");
  }
}
