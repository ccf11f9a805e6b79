package dev.heddle.asyncio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a TLS peer may send, byte by byte, ends in a typed error in good time; in virtual time, over pairs in memory. */
@org.junit.jupiter.api.Timeout(120)
class TlsHostilePeersTest extends LoopContract {
  private static final int STEP = 17; // every byte would take as many times longer
  private static final byte[] NOTHING = {};

  private final TestCertificates certificates = TestCertificates.get();
  private int sent;

  @Override
  <T extends @Nullable Object> Async<T> async(AsyncBody<T> body) {
    return Async.of(body);
  }

  // ---- records without data ----

  /** A peer of TLS 1.3 may ask for new keys at any time, which takes as long as some thousand bytes of data. */
  @Test
  void peerThatAsksForNewKeysAgainAndAgain_isCutOff() {
    run(
        a -> {
          ByteStream.Endpoints pair = ByteStream.pair();
          HandDrivenTls peer = new HandDrivenTls(certificates.clientContext(), true, pair.first(), record -> record);
          TlsStream server = a.await(accepted(pair, peer));
          askForKeys(peer, 300);
          assertThatThrownBy(() -> a.await(server.readLine())).isInstanceOf(SSLException.class)
              .hasMessageContaining("too many TLS records without data, such as requests for new keys");
          return null;
        });
  }

  @Test
  void peerThatAsksForNewKeysNowAndThen_isServed() {
    run(
        a -> {
          ByteStream.Endpoints pair = ByteStream.pair();
          HandDrivenTls peer = new HandDrivenTls(certificates.clientContext(), true, pair.first(), record -> record);
          TlsStream server = a.await(accepted(pair, peer));
          for (int i = 0; i < 5; i++) {
            askForKeys(peer, 200);
            peer.write("line " + i + "\n");
            assertThat(a.await(server.readLine())).isEqualTo("line " + i);
            a.await(Asyncio.sleep(SECOND));
          }
          return null;
        });
  }

  private static void askForKeys(HandDrivenTls peer, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      peer.askForNewKeys();
    }
  }

  private Async<TlsStream> accepted(ByteStream.Endpoints pair, HandDrivenTls peer) {
    return async(
        a -> {
          Task<TlsStream> accepting = Asyncio.createTask(TlsStream.server(certificates.serverOptions(), pair.second()));
          a.await(peer.handshake());
          return a.await(accepting);
        });
  }

  // ---- the handshake, byte by byte ----

  /** What happens to the bytes of a peer. */
  enum Harm {
    CHANGED {
      @Override
      byte[] done(byte[] record, int at, ByteStream to) throws IOException {
        byte[] changed = record.clone();
        changed[at] ^= 0x55;
        return changed;
      }
    },
    CUT {
      @Override
      byte[] done(byte[] record, int at, ByteStream to) throws IOException {
        to.write(Arrays.copyOf(record, at));
        to.close();
        return NOTHING;
      }
    },
    RESET {
      @Override
      byte[] done(byte[] record, int at, ByteStream to) throws IOException {
        to.write(Arrays.copyOf(record, at));
        to.abort();
        return NOTHING;
      }
    },
    STALLED {
      @Override
      byte[] done(byte[] record, int at, ByteStream to) throws IOException {
        return Arrays.copyOf(record, at);
      }
    };

    /** Returns what is sent instead of a record, of which the byte at a place is harmed. */
    abstract byte[] done(byte[] record, int at, ByteStream to) throws IOException;
  }

  @ParameterizedTest
  @EnumSource(Harm.class)
  void clientThatIsHarmed_isATypedErrorOfTheServer(Harm harm) {
    eachPlace(harm, true);
  }

  @ParameterizedTest
  @EnumSource(Harm.class)
  void serverThatIsHarmed_isATypedErrorOfTheClient(Harm harm) {
    eachPlace(harm, false);
  }

  private void eachPlace(Harm harm, boolean client) {
    assertThat(failure(harm, client, Integer.MAX_VALUE)).isNull();
    int length = sent;
    assertThat(length).isGreaterThan(300);
    int failures = 0;
    for (int place = 0; place < length; place += STEP) {
      Throwable failure = failure(harm, client, place);
      if (failure != null) {
        assertThat(failure).as("%s at byte %d of %d", harm, place, length).isInstanceOf(IOException.class);
        failures++;
      }
    }
    // the versions in the heads of records mean nothing, and the tickets at the end are not part of the handshake
    assertThat(failures).isGreaterThan(length / STEP / 2);
    assertThat(problems).isEmpty();
  }

  /** Returns how the handshake fails that has a harm at one place; null if it does not. */
  private @Nullable Throwable failure(Harm harm, boolean client, int place) {
    return run(
        a -> {
          ByteStream.Endpoints pair = ByteStream.pair();
          Task<TlsStream> ours = Asyncio.createTask(client
              ? TlsStream.server(certificates.serverOptions(), pair.second())
              : TlsStream.client(certificates.clientOptions(), pair.second(), "localhost"));
          sent = 0;
          HandDrivenTls peer = new HandDrivenTls(
              client ? certificates.clientContext() : certificates.serverContext(), client, pair.first(),
              record -> {
                int at = place - sent;
                sent += record.length;
                return at >= record.length
                    ? record
                    : at >= 0
                        ? harm.done(record, at, pair.first())
                        : harm == Harm.CHANGED ? record : NOTHING;
              });
          Task<@Nullable Void> other = Asyncio.createTask(peer.handshake());
          a.await(ended(ours));
          other.cancel();
          a.await(ended(other));
          boolean _ = other.isCancelled() || other.exception() != null; // whatever it made of that
          Throwable failure = ours.exception();
          if (failure == null) {
            ours.result().abort();
          } else {
            assertThat(pair.second().isClosed()).as("after %s", failure).isTrue();
          }
          pair.first().abort();
          return failure;
        });
  }
}
