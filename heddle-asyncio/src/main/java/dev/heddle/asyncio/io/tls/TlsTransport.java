package dev.heddle.asyncio.io.tls;

import dev.heddle.asyncio.TlsTruncatedException;
import dev.heddle.asyncio.io.Transport;
import dev.heddle.asyncio.loop.Scheduler;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what is written to another transport, and decrypts what is read from it.
 *
 * <pre>
 * read  ◄── plain ◄── engine.unwrap ◄── received ◄── lower.read
 * write ────────────► engine.wrap ────► sending ───► lower.write
 * </pre>
 *
 * <p>Each buffer has at most a few records, and an idle connection has none. The engine's delegated tasks, which compute signatures and
 * keys, run on another thread; meanwhile nothing is read or written.
 */
final class TlsTransport extends Transport implements Transport.Listener {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final Scheduler scheduler;
  private final Transport lower;
  final SSLEngine engine;
  /** Encrypted bytes that were received; ready to be taken from. */
  private ByteBuffer received;
  /** Decrypted bytes; ready to be taken from. */
  private ByteBuffer plain = NONE;
  private @Nullable ByteBuffer spare;
  private final TlsSending sending;
  private boolean established;
  private final EmptyRecords empty;
  /** Whether the peer has sent close_notify. */
  private boolean ended;
  private boolean closed;
  private boolean computing;
  private boolean wantsRead;
  private boolean wantsWrite;
  private @Nullable IOException broken;

  /** TLS over a transport; some bytes were read from it already. */
  TlsTransport(Scheduler scheduler, Transport lower, SSLEngine engine, ByteBuffer early) {
    this.scheduler = scheduler;
    this.lower = lower;
    this.engine = engine;
    this.received = early;
    this.sending = new TlsSending(scheduler.buffers(), lower, engine);
    this.empty = new EmptyRecords(scheduler.nanoTime());
    lower.listen(this);
  }

  // ---- reading and the handshake ----

  /** Goes on with the handshake as far as possible; returns whether it is complete. */
  boolean handshake() throws IOException {
    try {
      if (!established && engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
        engine.beginHandshake();
      }
      while (!established) {
        if (advance(NONE) <= 0 && !established) {
          if (ended) {
            throw cutOff();
          }
          sending.send();
          return false;
        }
      }
      sending.send(); // what is left, such as tickets, goes out when the peer takes it
      return true;
    } catch (SSLException e) {
      throw broken(e);
    } finally {
      release();
      update();
    }
  }

  /** Gives up the buffers that have nothing left, so that an idle connection has none. */
  private void release() {
    if (!plain.hasRemaining()) {
      scheduler.buffers().give(plain);
      plain = NONE;
      if (spare != null) {
        scheduler.buffers().give(spare);
        spare = null;
      }
    }
    if (!received.hasRemaining()) {
      scheduler.buffers().give(received);
      received = NONE;
    }
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    checkUnbroken();
    try {
      while (!plain.hasRemaining()) {
        int count = ended ? -1 : advance(into);
        if (count != 0 || !plain.hasRemaining()) {
          return count;
        }
      }
      int count = Math.min(plain.remaining(), into.remaining());
      into.put(into.position(), plain, plain.position(), count);
      into.position(into.position() + count);
      plain.position(plain.position() + count);
      return count;
    } catch (SSLException e) {
      throw broken(e);
    } finally {
      release();
      update();
    }
  }

  /**
   * Does what the engine asks for until there are decrypted bytes, in the given buffer or in {@code plain}, or the handshake is complete.
   *
   * @return the number of bytes in the given buffer; 0 if they are in {@code plain} or it has to wait; 1 at the end of the handshake; -1
   *     at the end
   */
  private int advance(ByteBuffer into) throws IOException {
    checkUnbroken();
    while (true) {
      HandshakeStatus status = engine.getHandshakeStatus();
      boolean idle = status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED;
      if (!established && idle) {
        established = true;
        return 1;
      }
      if (computing) {
        return 0;
      }
      if (established && !idle) {
        checkNoRenegotiation();
      }
      if (status == HandshakeStatus.NEED_TASK) {
        TlsComputing.start(engine, scheduler, this::computed);
        computing = true;
        scheduler.external().workBegins();
        return 0;
      }
      if (status == HandshakeStatus.NEED_WRAP) {
        if (!sending.addRecord()) {
          return 0;
        }
        sending.send();
        continue;
      }
      if (established && !received.hasRemaining() && !engine.isInboundDone()) { // spares a call of the engine for nothing
        int count = receive();
        if (count <= 0) {
          return count;
        }
      }
      int size = engine.getSession().getApplicationBufferSize();
      boolean direct = into.remaining() >= size;
      ByteBuffer target = direct ? into : spare(size);
      SSLEngineResult result = engine.unwrap(received, target);
      switch (result.getStatus()) {
        case BUFFER_UNDERFLOW -> {
          int count = receive();
          if (count <= 0) {
            return count;
          }
        }
        case CLOSED -> {
          ended = true;
          return -1;
        }
        case BUFFER_OVERFLOW ->
          throw new SSLException("a TLS record is larger than the session's limit of " + size + " bytes");
        case OK -> {
          if (result.bytesProduced() > 0) {
            if (direct) {
              return result.bytesProduced();
            }
            plain = target.flip();
            spare = null;
            return 0;
          }
          empty.count(scheduler.nanoTime(), established);
        }
      }
    }
  }

  /** A buffer for one decrypted record, which is kept while records come. */
  private ByteBuffer spare(int size) {
    ByteBuffer free = spare;
    if (free == null || free.capacity() < size) {
      free = scheduler.buffers().take(size);
      spare = free;
    }
    return free.clear();
  }

  /** Before TLS 1.3 a peer could begin another handshake at any time, which costs a server much and has been abused. */
  private void checkNoRenegotiation() throws SSLException {
    if (!isNewest() && !engine.isInboundDone() && !engine.isOutboundDone() && !ended) {
      throw new SSLException(
          "the peer has asked for a renegotiation of TLS, which is refused; it may use TLS 1.3 or connect again");
    }
  }

  private boolean isNewest() {
    return engine.getSession().getProtocol().equals("TLSv1.3");
  }

  /** Receives more encrypted bytes; returns their number, 0 if there are none yet. */
  private int receive() throws IOException {
    int size = TlsSending.RECORDS * engine.getSession().getPacketBufferSize();
    if (received.capacity() < size) {
      ByteBuffer larger = scheduler.buffers().take(size).put(received);
      scheduler.buffers().give(received);
      received = larger;
    } else {
      received.compact();
    }
    try {
      int count = lower.read(received);
      if (count < 0) {
        throw cutOff();
      }
      return count;
    } finally {
      received.flip();
    }
  }

  private IOException cutOff() {
    return established
        ? new TlsTruncatedException(
            "the TLS connection has ended without the peer's close_notify, so that what was read may be cut off")
        : new EOFException("the peer has closed the connection during the TLS handshake");
  }

  private void computed(@Nullable Throwable failure) {
    computing = false;
    scheduler.external().workEnds();
    if (failure != null && broken == null) {
      broken = new IOException("a computation of the TLS engine has failed: " + failure, failure);
    }
    if (!closed) {
      tell(true, true);
      update();
    }
  }

  // ---- writing ----

  @Override
  public long write(ByteBuffer[] from, int count) throws IOException {
    checkUnbroken();
    try {
      long sum = computing ? 0 : sending.encrypt(from, count);
      sending.send();
      return sum;
    } catch (SSLException e) {
      throw broken(e);
    } finally {
      update();
    }
  }

  @Override
  public boolean flush() throws IOException {
    try {
      return sending.send();
    } finally {
      update();
    }
  }

  @Override
  public long held() {
    return sending.size() + lower.held();
  }

  @Override
  public void checkHalfClose() throws IOException {
    if (!isNewest()) {
      throw new IOException(
          engine.getSession().getProtocol()
              + " ends both directions of a connection together, so its output cannot be ended alone;"
              + " use TLS 1.3, or a message that says where the data ends");
    }
  }

  @Override
  public boolean endOutput() throws IOException {
    try {
      if (broken == null && !computing) {
        sending.addEnd();
      }
      return sending.send();
    } finally {
      update();
    }
  }

  /** Sends close_notify, and reads what has arrived: the system resets a connection that is closed with unread data, such as tickets. */
  @Override
  public boolean finish() throws IOException {
    try {
      if (!endOutput()) {
        return false;
      }
    } catch (IOException e) {
      if (!ended) {
        throw e;
      } // else the peer has closed the connection, and the answer to its close_notify is not wanted
    }
    UnreadBytes.drop(lower);
    return true;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    received.position(received.limit());
    plain.position(plain.limit());
    release();
    sending.clear();
    lower.close();
  }

  @Override
  public boolean isInRecord() {
    return received.hasRemaining() || plain.hasRemaining();
  }

  @Override
  public void reset() throws IOException {
    lower.reset();
  }

  private void checkUnbroken() throws IOException {
    if (broken != null) {
      throw new IOException("the TLS connection has failed: " + broken.getMessage(), broken);
    }
  }

  /** Remembers a failure, and sends the peer the engine's alert, if there is one. */
  private IOException broken(SSLException failure) {
    if (broken == null) {
      broken = failure;
      try {
        sending.addAlert();
        sending.send();
      } catch (IOException e) {
        failure.addSuppressed(e); // the alert could not be made or sent
      }
    }
    return failure;
  }

  @Override
  public void interest(boolean read, boolean write) {
    wantsRead = read;
    wantsWrite = write;
    update();
  }

  private void update() {
    if (!closed) {
      lower.interest(wantsRead && !computing, sending.size() > 0 || (wantsWrite && !computing && established));
    }
  }

  @Override
  public void ready(boolean readable, boolean writable) {
    tell(true, writable || sending.size() > 0); // either may need the other: answers to the peer's records are written
  }

  @Override
  public SocketAddress localAddress() throws IOException {
    return lower.localAddress();
  }

  @Override
  public @Nullable SocketAddress remoteAddress() throws IOException {
    return lower.remoteAddress();
  }

  @Override
  public String kind() {
    return "TlsStream";
  }
}
