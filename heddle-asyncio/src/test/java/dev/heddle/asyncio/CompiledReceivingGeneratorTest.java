package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link ReceivingGeneratorContract} with bodies that are state machines. */
class CompiledReceivingGeneratorTest extends ReceivingGeneratorContract {
  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Compiled.async(body);
  }

  @Override
  <T, S> ReceivingGenerator<T, S> generator(ReceivingBody<T, S> body) {
    return ReceivingGenerator.of(body);
  }

  // begin: average
  static ReceivingGenerator<Double, Double> average() {
    return ReceivingGenerator.of(y -> {
      double sum = 0;
      double sent = y.yield(0.0);
      for (int count = 1;; count++) {
        sum += sent;
        sent = y.yield(sum / count);
      }
    });
  }
  // end: average

  @Test
  void programOfTheDocs() throws IOException {
    run(
        a -> {
          ReceivingGenerator<Double, Double> average = average();
          assertThat(a.await(average.send(null))).isZero();
          assertThat(a.await(average.send(3.0))).isEqualTo(3.0);
          assertThat(a.await(average.send(5.0))).isEqualTo(4.0);
          return null;
        });
    assertThat(ReadsDocs.page("asyncio.md")).contains(ReadsDocs.region("CompiledReceivingGeneratorTest.java", "average"));
  }
}
