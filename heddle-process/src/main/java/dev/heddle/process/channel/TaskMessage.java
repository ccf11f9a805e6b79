package dev.heddle.process.channel;

import dev.heddle.codec.EncodedTask;
import dev.heddle.dispatch.Payload;

/**
 * An encoded task as the dispatcher passes it through.
 *
 * @param task what is sent to a worker process
 */
public record TaskMessage(EncodedTask task) implements Payload {
  @Override
  public void release() {
    task.release();
  }
}
