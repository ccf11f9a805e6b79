package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.lang.reflect.Array;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That large arrays go through shared memory, both ways: messages here may be smaller by far than the arrays. */
@Bounded(seconds = 120)
class SharedMemoryTest {
  private static final int MIB = 1 << 20;
  private static final ProcessOptions SMALL_MESSAGES = ProcessOptions.defaults().withMaxMessage(100_000);

  @Test
  void arrays_ofEveryKind_goOutsideTheMessages() {
    List<Object> all = List.of(
        new boolean[MIB],
        new byte[MIB],
        new short[MIB / 2],
        new char[MIB / 2],
        new int[MIB / 4],
        new long[2 * MIB / 8],
        new float[MIB / 4],
        new double[MIB / 8]);
    try (ProcessExecutor pool = ProcessPool.of(1, SMALL_MESSAGES)) {
      for (Object each : all) {
        int last = Array.getLength(each) - 1;
        Object one = each instanceof boolean[] ? (Object) true : each instanceof char[] ? (Object) 'x' : (Object) (byte) 7;
        Array.set(each, last, one);
        Object back = pool.submit(
            () -> {
              Array.set(each, 0, Array.get(each, last));
              return each;
            })
            .result();
        assertThat(back).hasSameClassAs(each);
        assertThat(Array.getLength(back)).isEqualTo(last + 1);
        assertThat(Array.get(back, 0)).as(each.getClass().getSimpleName()).isEqualTo(Array.get(each, last));
        assertThat(Array.get(back, 1)).isEqualTo(Array.get(each, 0));
        assertThat(Array.get(back, last)).isEqualTo(Array.get(each, last));
      }
    }
  }

  @Test
  void arrays_belowOneMebibyte_goInsideTheMessages() {
    try (ProcessExecutor pool = ProcessPool.of(1, SMALL_MESSAGES)) {
      byte[] below = new byte[MIB - 1];
      byte[] atLeast = new byte[MIB];
      assertThat(pool.submit(() -> below.length).exception()).isInstanceOf(MessageTooLargeException.class);
      assertThat(pool.submit(() -> atLeast.length).result()).isEqualTo(MIB);
      assertThat(pool.submit(() -> new byte[MIB - 1]).exception()).isInstanceOf(ProcessException.class);
      assertThat(pool.submit(() -> new byte[MIB]).result()).hasSize(MIB);
    }
  }

  @Test
  @Tag("long")
  void string_of100MB_goesThroughTheSocket() {
    try (ProcessExecutor pool = ProcessPool.of(1, ProcessOptions.defaults().withJvm(jvm -> jvm.withHeap(1L << 30)))) {
      String text = "0123456789".repeat(10_000_000);
      String back = pool.submit(() -> text.substring(1) + "!").result();
      assertThat(back.length()).isEqualTo(text.length());
      assertThat(back.regionMatches(0, text, 1, text.length() - 1)).isTrue();
      assertThat(back.charAt(text.length() - 1)).isEqualTo('!');
    }
  }
}
