package dev.heddle.asyncio.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.asyncio.AsyncGeneratorBody;
import dev.heddle.asyncio.ReceivingBody;
import dev.heddle.iter.GeneratorEngine;
import org.junit.jupiter.api.Test;

/** The engines of the bodies of async generators. */
class BodyKindsTest {
  @Test
  void plainBodies_areStateMachines() {
    AsyncGeneratorBody<Integer> plain = y -> y.yield(1);
    ReceivingBody<Integer, Integer> receiving = y -> y.yield(1 + y.yield(2));
    assertThat(BodyKinds.GENERATOR.engineOf(plain, null).kind()).isEqualTo(GeneratorEngine.Kind.COMPILED);
    assertThat(BodyKinds.RECEIVING.engineOf(receiving, null).kind()).isEqualTo(GeneratorEngine.Kind.COMPILED);
    ReceivingBody<Integer, Integer> handedOn = y -> receiving.run(y);
    assertThat(BodyKinds.RECEIVING.engineOf(handedOn, null).kind()).isEqualTo(GeneratorEngine.Kind.VIRTUAL_THREAD);
  }
}
