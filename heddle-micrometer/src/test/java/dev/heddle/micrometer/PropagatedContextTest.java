package dev.heddle.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.asyncio.Async;
import dev.heddle.asyncio.Asyncio;
import dev.heddle.asyncio.EventLoop;
import dev.heddle.asyncio.LoopOptions;
import dev.heddle.futures.Executor;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskScope;
import dev.heddle.futures.ThreadPool;
import dev.heddle.process.ProcessOptions;
import dev.heddle.process.ProcessPool;
import dev.heddle.testkit.Bounded;
import io.micrometer.context.ContextRegistry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Bounded(seconds = 180)
class PropagatedContextTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final ThreadLocal<String> TENANT = new ThreadLocal<>();
  private static final ThreadLocal<Integer> NUMBER = new ThreadLocal<>();

  private static void register() {
    ContextRegistry.getInstance()
        .registerThreadLocalAccessor("tenant", TENANT)
        .registerThreadLocalAccessor("number", NUMBER)
        .registerThreadLocalAccessor(new Headers());
  }

  @BeforeEach
  void registerHere() {
    register();
  }

  @AfterEach
  void forget() {
    TENANT.remove();
    NUMBER.remove();
    for (String key : List.of("tenant", "number", "opentelemetry")) {
      ContextRegistry.getInstance().removeThreadLocalAccessor(key);
    }
  }

  private static String seen() {
    return TENANT.get() + " " + NUMBER.get() + " " + Span.current().getSpanContext().getTraceId() + " "
        + Baggage.current().getEntryValue("user");
  }

  /** A trace and a baggage as an instrumented server would set them. */
  @SuppressWarnings("MustBeClosedChecker") // its callers close it
  private static Scope trace() {
    SpanContext parent = SpanContext.createFromRemoteParent(
        TRACE, "b7ad6b7169203331", TraceFlags.getSampled(), TraceState.getDefault());
    return Baggage.builder().put("user", "ada").build().storeInContext(
        io.opentelemetry.context.Context.root().with(Span.wrap(parent))).makeCurrent();
  }

  @Test
  void threads_getTheSubmittersContext_andNothingThatTheirThreadHadBefore() {
    PoolOptions options = PoolOptions.defaults().withContext(PropagatedContext.carrier());
    for (Executor each : List.of(ThreadPool.of(1, options), ThreadPool.virtual(options))) {
      try (Executor pool = each) {
        String nothing = pool.submit(() -> seen()).result();
        assertThat(nothing).startsWith("null null 0000");
        TENANT.set("blue");
        NUMBER.set(7);
        try (Scope _ = trace()) {
          String all = "blue 7 " + TRACE + " ada";
          assertThat(pool.submit(() -> seen()).result()).isEqualTo(all);
          assertThat(pool.map(_ -> seen(), List.of(1, 2)).toList()).containsExactly(all, all);
          String inScope = TaskScope.call(pool, scope -> scope.submit(() -> seen()).result());
          assertThat(inScope).isEqualTo(all);
          pool.submit(() -> TENANT.set("left behind by a task")).result();
        }
        TENANT.remove();
        NUMBER.remove();
        assertThat(pool.submit(() -> seen()).result()).isEqualTo(nothing);
      }
    }
  }

  @Test
  void coroutines_getTheContextOfTheirCreator() {
    LoopOptions options = LoopOptions.defaults().withContext(PropagatedContext.carrier());
    String inTask = EventLoop.run(options, a -> {
      TENANT.set("green");
      var task = Asyncio.createTask(Async.of(b -> seen()));
      TENANT.set("later");
      return a.await(task);
    });
    assertThat(inTask).startsWith("green null 0000");
  }

  @Test
  void workerProcesses_getTheStrings_asBaggage() {
    ProcessOptions options = ProcessOptions.defaults()
        .withPool(PoolOptions.defaults().withContext(PropagatedContext.carrier()))
        .withInitializer(PropagatedContextTest::register);
    try (Executor pool = ProcessPool.of(1, options)) {
      String nothing = pool.submit(() -> seen()).result();
      assertThat(nothing).startsWith("null null 0000");
      TENANT.set("blue");
      NUMBER.set(7);
      try (Scope _ = trace()) {
        String strings = "blue null " + TRACE + " ada";
        assertThat(pool.submit(() -> seen()).result()).isEqualTo(strings);
        assertThat(pool.map(_ -> seen(), List.of(1, 2, 3)).toList()).containsOnly(strings);
        String inScope = TaskScope.call(pool, scope -> scope.submit(() -> seen()).result());
        assertThat(inScope).isEqualTo(strings);
      }
      TENANT.remove();
      assertThat(pool.submit(() -> seen()).result()).as("restored").isEqualTo(nothing);
    }
  }
}
