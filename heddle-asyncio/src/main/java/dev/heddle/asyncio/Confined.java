package dev.heddle.asyncio;

import org.jspecify.annotations.Nullable;

/** Something that belongs to the loop which first uses it. */
abstract class Confined {
  private @Nullable EventLoop home;

  /** A task of the given loop uses it. */
  final void enter(EventLoop loop) {
    EventLoop owner = home;
    if (owner == loop) {
      return;
    }
    if (owner != null && !owner.live.isClosed()) {
      throw new LoopStateException(this + " belongs to another event loop that is still running; make one for each loop");
    }
    home = loop;
  }

  /** A method that may wake tasks was called. */
  final void checkInside(String what) {
    EventLoop owner = home;
    if (owner != null && !owner.live.isClosed()) {
      owner.checkInside(what);
    }
  }
}
