package dev.heddle.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskListener;
import dev.heddle.futures.ThreadPool;
import dev.heddle.testkit.Bounded;
import dev.heddle.testkit.Gate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Pools as beans: Spring closes them in the reverse order of their dependencies, and each close waits for its tasks. */
@Bounded
class SpringTest {
  private static final List<String> EVENTS = Collections.synchronizedList(new ArrayList<>());
  private static final Gate BEGUN = Gate.local();

  private static TaskListener listener() {
    return new TaskListener() {
      @Override
      public void finished(dev.heddle.futures.Future<?> task) {
        EVENTS.add(task.name() + " " + task.state());
      }
    };
  }

  // begin
  @Configuration(proxyBeanMethods = false)
  static class Pools {
    @Bean
    Executor database() {
      return ThreadPool.of(4, PoolOptions.named("database").withListener(listener()));
    }

    @Bean
    Orders orders(Executor database) {
      return new Orders(database);
    }
  }

  /** Submits to a pool that it was given, and is closed before that pool. */
  static final class Orders implements AutoCloseable {
    private final Executor database;

    Orders(Executor database) {
      this.database = database;
    }

    void accept(String order) {
      database.submit(() -> store(order));
    }

    @Override
    public void close() {
      database.submit(() -> store("the last one, at the close"));
    }
  }
  // end

  private static void store(String order) throws InterruptedException {
    BEGUN.open();
    EVENTS.add("stored " + order);
  }

  @Test
  void beans_closedWithTheirContext_loseNothing() throws Exception {
    Executor database;
    try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Pools.class)) {
      database = context.getBean(Executor.class);
      context.getBean(Orders.class).accept("first");
      BEGUN.await();
    }
    assertThat(database.isTerminated()).as("close() has waited").isTrue();
    assertThat(EVENTS).contains("stored first", "stored the last one, at the close", "database-task-2 SUCCESS");
    assertThat(database.stats().succeeded()).isEqualTo(2);
  }

  @Test
  void program_ofTheGuide_isThatOfTheTest() throws IOException {
    MicrometerGuideTest.assertThatTheGuideShows("SpringTest", 0);
  }
}
