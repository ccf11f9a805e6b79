package dev.heddle.cluster.seal;

import dev.heddle.base.ModuleLog;
import dev.heddle.cluster.ClusterException;
import dev.heddle.cluster.ClusterSecret;
import dev.heddle.cluster.ClusterSecurityException;
import dev.heddle.cluster.spi.EngineSetup;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The sessions in which other members call this one. A greeting makes one, which counts only once a call in it was opened: those
 * that have not proved anything are few, and the oldest makes room. Thread-safe.
 */
final class Incoming {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.cluster");
  private static final int MOST_UNPROVED = 1_000;
  private static final long LOG_NANOS = 1_000_000_000; // a stranger must not fill the log

  private final ClusterSecret secret;
  private final String cluster;
  private final int maxMessage;
  private final SealedMember.Service service;
  private final Supplier<UUID> self;
  private final Map<Long, Session> proved = new ConcurrentHashMap<>();
  private final Map<Long, Session> unproved = new LinkedHashMap<>(); // under its own monitor
  private final AtomicLong logged = new AtomicLong(System.nanoTime() - LOG_NANOS);

  private record Session(UUID caller, PairKeys keys) {}

  Incoming(ClusterSecret secret, EngineSetup setup, SealedMember.Service service, Supplier<UUID> self) {
    this.secret = secret;
    this.cluster = setup.cluster();
    this.maxMessage = setup.maxMessage();
    this.service = service;
    this.self = self;
  }

  /** A member has left: its sessions are over. */
  void forget(UUID caller) {
    proved.values().removeIf(each -> each.caller().equals(caller));
    synchronized (unproved) {
      unproved.values().removeIf(each -> each.caller().equals(caller));
    }
  }

  byte[] answer(UUID from, byte[] frame) {
    try {
      return switch (Frames.type(frame)) {
        case Frames.GREETING -> welcome(from, Frames.random(frame));
        case Frames.SEALED -> answerSealed(from, frame);
        default -> Frames.refused("it is no message of this version of Heddle");
      };
    } catch (ClusterSecurityException e) {
      log("a call of member " + from + " was refused: " + e.getMessage());
      return Frames.refused(String.valueOf(e.getMessage()));
    }
  }

  private void log(String message) {
    long now = System.nanoTime();
    long last = logged.get();
    if (now - last >= LOG_NANOS && logged.compareAndSet(last, now)) {
      LOG.warning(message);
    }
  }

  private byte[] welcome(UUID from, byte[] callersRandom) {
    byte[] random = Frames.random(PairKeys.RANDOM);
    PairKeys keys = new PairKeys(secret, cluster, from, self.get(), callersRandom, random);
    long id = Frames.randomLong();
    synchronized (unproved) {
      unproved.put(id, new Session(from, keys));
      if (unproved.size() > MOST_UNPROVED) {
        Iterator<Long> oldest = unproved.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
    }
    byte[] proof = keys.sealAnswer(0, Frames.header(Frames.WELCOME, id, 0), new byte[0]);
    return Frames.welcome(id, random, Arrays.copyOfRange(proof, Frames.HEADER, proof.length));
  }

  private byte[] answerSealed(UUID from, byte[] frame) {
    long id = Frames.session(frame);
    Session session = proved.get(id);
    if (session == null) {
      synchronized (unproved) {
        session = unproved.get(id);
      }
    }
    if (session == null || !session.caller().equals(from)) {
      return Frames.unknownSession();
    }
    PairKeys keys = session.keys();
    long number = Frames.number(frame);
    byte[] message = keys.openCall(number, Frames.head(frame), frame, Frames.HEADER);
    if (!keys.isNew(number)) {
      throw new ClusterSecurityException("message " + number + " has come before, or is far too late; it was replayed",
          null);
    }
    proved.put(id, session);
    synchronized (unproved) {
      unproved.remove(id);
    }
    byte type = Frames.ANSWER;
    byte[] answer;
    try {
      answer = service.answer(from, message);
      if (answer.length > maxMessage) {
        throw new ClusterException(
            "an answer of " + answer.length + " bytes is over the limit maxMessage of " + maxMessage
                + "; raise it on all members",
            null);
      }
    } catch (RuntimeException e) {
      type = Frames.FAILED;
      answer = Frames.bytes(e);
    }
    return keys.sealAnswer(number, Frames.header(type, id, number), answer);
  }
}
