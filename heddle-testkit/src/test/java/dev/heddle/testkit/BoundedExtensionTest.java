package dev.heddle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BoundedExtensionTest {

  @Test
  void body_inTime_isRunOnAThreadOfItsOwn() throws Throwable {
    Thread[] ranOn = new Thread[1];
    BoundedExtension.guard("quick", Duration.ofSeconds(20), () -> ranOn[0] = Thread.currentThread());
    assertThat(ranOn[0].getName()).isEqualTo("test quick");
  }

  @Test
  void body_thatThrows_throwsTheSame() {
    IOException thrown = new IOException("bad");
    assertThatThrownBy(() -> BoundedExtension.guard("bad", Duration.ofSeconds(20), () -> { throw thrown; }))
        .isSameAs(thrown);
  }

  @Test
  void body_thatHangs_isReportedWithAllThreadsAndInterrupted() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch virtualIsThere = new CountDownLatch(1);
    Thread virtual = Thread.ofVirtual()
        .name("a virtual bystander")
        .start(
            () -> {
              virtualIsThere.countDown();
              waitAt(never, never);
            });
    virtualIsThere.await();
    assertThatThrownBy(() -> BoundedExtension.guard("stuck", Duration.ofMillis(50), () -> waitAt(never, interrupted)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("stuck took longer")
        .hasMessageContaining("test stuck")
        .hasMessageContaining("a virtual bystander")
        .hasMessageContaining("waitAt");
    interrupted.await();
    virtual.interrupt();
  }

  private static void waitAt(CountDownLatch never, CountDownLatch interrupted) {
    try {
      never.await();
    } catch (InterruptedException e) {
      interrupted.countDown();
    }
  }
}
