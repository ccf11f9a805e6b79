package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That a kill reaches the process whatever else does not work. */
class ProcessTreeTest {
  private final List<String> killed = new ArrayList<>();

  private ProcessHandle process(String name, boolean alive, Supplier<Stream<ProcessHandle>> descendants) {
    return (ProcessHandle) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[]{ProcessHandle.class},
        (_, method, _) -> switch (method.getName()) {
          case "isAlive" -> alive;
          case "descendants" -> descendants.get();
          case "destroyForcibly" -> killed.add(name);
          case "pid" -> 42L;
          default -> throw new UnsupportedOperationException(method.getName());
        });
  }

  @Test
  void kill_whereDescendantsCannotBeListed_killsTheProcess() {
    ProcessTree.kill(process("root", true, () -> { throw new IllegalStateException("Too many open files"); }));
    assertThat(killed).containsExactly("root");
  }

  @Test
  void kill_whereListingThrowsAnError_killsTheProcess() {
    ProcessHandle root = process("root", true, () -> { throw new OutOfMemoryError("on purpose"); });
    assertThatThrownBy(() -> ProcessTree.kill(root)).isInstanceOf(OutOfMemoryError.class);
    assertThat(killed).containsExactly("root");
  }

  @Test
  void kill_ofAProcessThatHasEnded_looksForNobody() {
    ProcessTree.kill(process("root", false, () -> Stream.of(process("stranger", true, Stream::empty))));
    assertThat(killed).isEmpty();
  }

  @Test
  void kill_ofAProcessWithDescendants_killsThemToo() {
    ProcessHandle late = process("grandchild", true, Stream::empty);
    ProcessTree.kill(process("root", true, () -> Stream.of(process("child", true, () -> Stream.of(late)))));
    assertThat(killed).containsExactly("root", "child", "grandchild");
  }
}
