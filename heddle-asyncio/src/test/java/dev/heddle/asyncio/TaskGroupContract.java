package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Task groups. */
abstract class TaskGroupContract extends LoopContract {
  private long now() {
    return EventLoop.current().nanoTime() / 1_000_000_000;
  }

  @Test
  void group_waitsForItsTasks() {
    run(
        a -> {
          TaskGroup group = TaskGroup.create();
          String result = a.await(
              group.run(
                  async(
                      b -> {
                        group.createTask(sleeper("one", 2));
                        group.createTask("second", sleeper("two", 1));
                        b.await(Asyncio.yieldNow());
                        return "body";
                      })));
          assertThat(result).isEqualTo("body");
          return null;
        });
    assertThat(log).containsExactly("two slept", "one slept");
  }

  @Test
  void group_childError_cancelsSiblingsAndBody_andRestoresTheCount() {
    run(
        a -> {
          TaskGroup group = TaskGroup.create();
          try {
            a.await(
                group.run(
                    async(
                        b -> {
                          group.createTask(failing(1, "broken"));
                          group.createTask(sleeper("sibling", 9));
                          return b.await(sleeper("body", 9));
                        })));
          } catch (TaskGroupException e) {
            assertThat(e.errors()).hasSize(1);
            assertThat(e).hasRootCauseInstanceOf(IOException.class).hasMessageContaining("broken");
          }
          assertThat(now()).isEqualTo(1);
          assertThat(Asyncio.currentTask().cancelling()).isZero();
          a.await(Asyncio.sleep(SECOND)); // nothing is left of the group's own request
          return null;
        });
    assertThat(log).containsExactlyInAnyOrder("sibling cancelled", "body cancelled");
  }

  @Test
  void group_severalErrors_areAllTold() {
    assertThatThrownBy(
        () -> run(
            a -> {
              TaskGroup group = TaskGroup.create();
              return a.await(
                  group.run(
                      async(
                          b -> {
                            group.createTask(failing(1, "one"));
                            group.createTask(failing(1, "two"));
                            b.await(Asyncio.sleep(seconds(2)));
                            return null;
                          })));
            }))
        .isInstanceOfSatisfying(
            TaskGroupException.class,
            e -> assertThat(e.errors()).extracting(Throwable::getMessage).containsExactly("one", "two"));
  }

  @Test
  void group_bodyFails_tasksAreCancelled() {
    assertThatThrownBy(
        () -> run(
            a -> {
              TaskGroup group = TaskGroup.create();
              return a.await(
                  group.run(
                      async(
                          b -> {
                            group.createTask(sleeper("child", 9));
                            b.await(Asyncio.yieldNow());
                            throw new IllegalArgumentException("bad body");
                          })));
            }))
        .isInstanceOf(TaskGroupException.class)
        .hasMessageContaining("bad body");
    assertThat(log).containsExactly("child cancelled");
  }

  @Test
  void group_errorOfAChild_isThrownAsItIs() {
    assertThatThrownBy(
        () -> run(
            a -> {
              TaskGroup group = TaskGroup.create();
              return a.await(
                  group.run(
                      async(
                          b -> {
                            group.createTask(
                                async(
                                    _ -> {
                                      throw new AssertionError("wrong");
                                    }));
                            b.await(Asyncio.sleep(SECOND));
                            return null;
                          })));
            }))
        .isExactlyInstanceOf(AssertionError.class);
  }

  @Test
  void group_childCancelled_isNoFailure() {
    run(
        a -> {
          TaskGroup group = TaskGroup.create();
          a.await(
              group.run(
                  async(
                      b -> {
                        Task<String> child = group.createTask(sleeper("child", 9));
                        b.await(Asyncio.sleep(SECOND));
                        child.cancel();
                        return null;
                      })));
          return null;
        });
    assertThat(log).containsExactly("child cancelled");
  }

  @Test
  void group_parentCancelled_childrenAreToo() {
    run(
        a -> {
          TaskGroup group = TaskGroup.create();
          Task<@Nullable Object> parent = Asyncio.createTask(
              group.run(
                  async(
                      _ -> {
                        group.createTask(sleeper("child", 9));
                        return null;
                      })));
          a.await(Asyncio.sleep(SECOND));
          parent.cancel();
          a.await(ended(parent));
          assertThat(parent.isCancelled()).isTrue();
          return null;
        });
    assertThat(log).containsExactly("child cancelled");
  }

  @Test
  void group_nestedBothCancelled_endInOrder() {
    run(
        a -> {
          TaskGroup outer = TaskGroup.create();
          TaskGroup inner = TaskGroup.create();
          Task<@Nullable Object> parent = Asyncio.createTask(
              outer.run(
                  async(
                      b -> {
                        outer.createTask(sleeper("of outer", 9));
                        return b.await(
                            inner.run(
                                async(
                                    c -> {
                                      inner.createTask(sleeper("of inner", 9));
                                      c.await(Asyncio.sleep(seconds(9)));
                                      return null;
                                    })));
                      })));
          a.await(Asyncio.sleep(SECOND));
          parent.cancel();
          parent.cancel();
          a.await(ended(parent));
          assertThat(parent.isCancelled()).isTrue();
          return null;
        });
    assertThat(log).containsExactly("of inner cancelled", "of outer cancelled");
  }

  @Test
  void group_errorAndOutsideCancelTogether_bothSurface() {
    run(
        a -> {
          TaskGroup group = TaskGroup.create();
          Task<String> parent = Asyncio.createTask(
              async(
                  b -> {
                    try {
                      b.await(
                          group.run(
                              async(
                                  c -> {
                                    group.createTask(failing(1, "broken"));
                                    c.await(Asyncio.sleep(seconds(9)));
                                    return null;
                                  })));
                    } catch (TaskGroupException e) {
                      log.add("failed, cancelling " + Asyncio.currentTask().cancelling());
                    }
                    b.await(Asyncio.yieldNow());
                    return "not reached";
                  }));
          EventLoop.current().callLater(seconds(1), parent::cancel);
          a.await(ended(parent));
          assertThat(parent.isCancelled()).isTrue();
          return null;
        });
    assertThat(log).containsExactly("failed, cancelling 1");
  }

  @Test
  void group_createTaskAfterFailure_isRefusedAndCoroutineClosed() {
    run(
        a -> {
          TaskGroup group = TaskGroup.create();
          Async<String> late = later(1, "late");
          try {
            a.await(
                group.run(
                    async(
                        b -> {
                          group.createTask(failing(1, "broken"));
                          try {
                            b.await(Asyncio.sleep(seconds(9)));
                          } finally {
                            assertThatThrownBy(() -> group.createTask(late))
                                .isInstanceOf(LoopStateException.class)
                                .hasMessageContaining("being cancelled");
                          }
                          return null;
                        })));
          } catch (TaskGroupException e) {
            log.add("failed");
          }
          assertThat(late.isTaken()).isTrue();
          assertThatThrownBy(() -> group.createTask(later(1, "x"))).hasMessageContaining("being cancelled");
          return null;
        });
    assertThat(log).containsExactly("failed");
  }

  @Test
  void group_createTaskOutside_isRefused() {
    run(
        a -> {
          TaskGroup group = TaskGroup.create();
          assertThatThrownBy(() -> group.createTask(later(1, "x"))).hasMessageContaining("has not begun");
          a.await(group.run(async(_ -> null)));
          assertThatThrownBy(() -> group.createTask(later(1, "x"))).hasMessageContaining("has ended");
          try {
            a.await(group.run(async(_ -> null)));
          } catch (LoopStateException e) {
            log.add("once");
          }
          return null;
        });
    assertThat(log).containsExactly("once");
  }

  @Test
  void group_taskMakesSibling() {
    run(
        a -> {
          TaskGroup group = TaskGroup.create();
          a.await(
              group.run(
                  async(
                      _ -> {
                        group.createTask(
                            async(
                                c -> {
                                  c.await(Asyncio.sleep(SECOND));
                                  group.createTask(sleeper("grandchild", 1));
                                  return null;
                                }));
                        return null;
                      })));
          assertThat(now()).isEqualTo(2);
          return null;
        });
    assertThat(log).containsExactly("grandchild slept");
  }
}
