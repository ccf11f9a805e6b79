package dev.heddle.iter.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.iter.CompiledCoroutine;
import org.junit.jupiter.api.Test;

/** Generated code names members of its superclass by text: a member that is not there is found before any code is written. */
@SuppressWarnings({"EffectivelyPrivate", "ProtectedMembersInFinalClass", "UnusedMethod", "UnusedVariable"}) // classes that reflection looks into
class MachineBaseTest {

  @Test
  void members_ofTheRealSuperclass_areAllThere() {
    MachineBase base = new MachineBase(CompiledCoroutine.class);
    assertThat(base.running).isNegative();
    assertThat(base.resume.type().descriptorString())
        .isEqualTo("(ILjava/lang/Object;Ljava/lang/Throwable;)Ljava/lang/Object;");
    assertThat(base.state.type().descriptorString()).isEqualTo("I");
    assertThat(base.end.type().descriptorString()).isEqualTo("(Ljava/lang/Object;)V");
  }

  /** As it would be after renames. */
  private abstract static class Renamed {
    protected static final int RUNNING = -1;
    protected static final int CREATED = 0;
    protected static final int READY = 1 << 30;
    protected static final int UNBOXED = 1 << 29;
    protected static final int POINT = UNBOXED - 1;
    protected int state;
    protected Object slot = "";
    protected Object delegate = "";

    protected abstract Object resumeBody(int at, Object sent, Throwable raised);
  }

  @Test
  void members_renamed_areReportedByName() {
    assertThatThrownBy(() -> new MachineBase(Renamed.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Renamed")
        .hasMessageContaining("resume[int, class java.lang.Object, class java.lang.Throwable]");
  }

  /** States of another meaning. */
  private static final class OtherStates {
    protected static final int RUNNING = -1;
    protected static final int CREATED = 1;
  }

  @Test
  void created_notZero_isRefused() {
    assertThatThrownBy(() -> new MachineBase(OtherStates.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CREATED must be 0");
  }
}
