package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.asyncio.Asyncio;
import dev.heddle.testkit.SimulatedLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SleepTest {

  @Test
  void anHourOfVirtualTime_takesNoTime() {
    assertEquals("done", SimulatedLoop.run(42, a -> {
      a.await(Asyncio.sleep(Duration.ofHours(1)));
      return "done";
    }));
  }
}
