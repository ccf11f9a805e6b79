package dev.heddle.cluster.wire;

import dev.heddle.cluster.ClusterException;
import java.util.ArrayList;
import java.util.List;

/**
 * A request of a driver to a member, or of a member to a driver. A seat is a place for one task at a time, which a driver has at a
 * member: its view is one of the driver's executors, its number counts in the view.
 */
public sealed interface Request {

  /** The longest list of site definitions in one message. */
  int MOST_SITES = 10_000;

  /** Returns the request as bytes. */
  byte[] toBytes();

  /** Asks a member what it is; answered by a {@link Description}. */
  record Describe() implements Request {
    @Override
    public byte[] toBytes() {
      return new Out(1).toBytes();
    }
  }

  /**
   * Prepares a seat: answered by an {@link CallOutcome}, which is a failure if the initializer failed.
   *
   * @param slots how many slots each of its tasks takes
   * @param loader the name of the context class loader of tasks
   * @param initializer empty if there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not copied, and never compared
  record Open(long view, long seat, long slots, String loader, List<Site> sites, long site, byte[] initializer)
      implements
        Request {
    @Override
    public byte[] toBytes() {
      Out out = new Out(2).number(view).number(seat).number(slots).text(loader);
      return Site.write(out, sites).number(site).block(initializer).toBytes();
    }
  }

  /** Runs a task on a seat; answered by an {@link CallOutcome} when it has ended. */
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Run(long view, long seat, long id, String task, List<Site> sites, long site, byte[] payload) implements Request {
    @Override
    public byte[] toBytes() {
      Out out = new Out(3).number(view).number(seat).number(id).text(task);
      return Site.write(out, sites).number(site).block(payload).toBytes();
    }
  }

  /** Interrupts a task of a seat, and all before it; one that has not come yet will not begin. */
  record Interrupt(long view, long seat, long id) implements Request {
    @Override
    public byte[] toBytes() {
      return new Out(4).number(view).number(seat).number(id).toBytes();
    }
  }

  /** Gives a seat back; its task is interrupted. */
  record Leave(long view, long seat) implements Request {
    @Override
    public byte[] toBytes() {
      return new Out(5).number(view).number(seat).toBytes();
    }
  }

  /** Asks a member how busy it is; answered by a {@link MemberLoad}. */
  record Stats() implements Request {
    @Override
    public byte[] toBytes() {
      return new Out(6).toBytes();
    }
  }

  /** Tells a driver that the sender takes no more tasks; answered by how many the driver still awaits from there. */
  record Draining() implements Request {
    @Override
    public byte[] toBytes() {
      return new Out(7).toBytes();
    }

    /** Returns the answer. */
    public static byte[] answer(long tasks) {
      return new Out(0).number(tasks).toBytes();
    }

    /** Reads the answer; members that are no drivers have an empty one. */
    public static long tasks(byte[] answer) {
      return answer.length == 0 ? 0 : In.read(answer, in -> {
        int _ = in.type();
        return in.number();
      });
    }
  }

  /** Asks a driver for a class or resource; answered by the bytes, or by a failure. */
  record ClassOf(String name) implements Request {
    @Override
    public byte[] toBytes() {
      return new Out(8).text(name).toBytes();
    }
  }

  /** Asks for a value that is kept: a driver for a broadcast, a member for a result. */
  record Fetch(long key) implements Request {
    @Override
    public byte[] toBytes() {
      return new Out(9).number(key).toBytes();
    }
  }

  /** Tells a member that the values of the sender with these keys are not needed any more. */
  record Drop(long key) implements Request {
    @Override
    public byte[] toBytes() {
      return new Out(10).number(key).toBytes();
    }
  }

  /** A definition that tasks refer to. */
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Site(long id, byte[] definition) {
    static Out write(Out out, List<Site> sites) {
      out.number(sites.size());
      sites.forEach(each -> out.number(each.id).block(each.definition));
      return out;
    }

    static List<Site> read(In in) {
      long count = in.number();
      if (count < 0 || count > MOST_SITES) {
        throw new ClusterException("a message with " + count + " definitions is malformed", null);
      }
      List<Site> sites = new ArrayList<>();
      for (long i = 0; i < count; i++) {
        sites.add(new Site(in.number(), in.block()));
      }
      return sites;
    }
  }

  /** Reads a request. */
  static Request read(byte[] message) {
    return In.read(message, in -> switch (in.type()) {
      case 1 -> new Describe();
      case 2 -> new Open(in.number(), in.number(), in.number(), in.text(), Site.read(in), in.number(), in.block());
      case 3 -> new Run(in.number(), in.number(), in.number(), in.text(), Site.read(in), in.number(), in.block());
      case 4 -> new Interrupt(in.number(), in.number(), in.number());
      case 5 -> new Leave(in.number(), in.number());
      case 6 -> new Stats();
      case 7 -> new Draining();
      case 8 -> new ClassOf(in.text());
      case 9 -> new Fetch(in.number());
      case 10 -> new Drop(in.number());
      default ->
        throw new ClusterException("a request of an unknown type; run the same version of Heddle on all members", null);
    });
  }
}
