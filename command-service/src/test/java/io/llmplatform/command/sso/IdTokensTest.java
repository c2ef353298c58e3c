package io.llmplatform.command.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.io.AbstractSerializer;
import io.jsonwebtoken.security.Jwks;
import io.llmplatform.contracts.json.ContractJson;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IdTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String ISSUER = "https://id.example.org";
    private static final KeyPair KEYS = Jwts.SIG.RS256.keyPair().build();
    private static final KeyPair OTHERS = Jwts.SIG.RS256.keyPair().build();
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static HttpServer server;
    private static URI keySet;

    private final SsoSettings settings = new SsoSettings(
            URI.create(ISSUER),
            "us",
            "secret",
            URI.create("https://console.example.org/callback"),
            "openid",
            "Example",
            "groups",
            Map.of(),
            null,
            true);
    private final IdTokens tokens = new IdTokens(settings, new ProviderKeys(new ProviderHttp(), CLOCK), CLOCK);

    @BeforeAll
    static void publishKeys() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var key = new HashMap<>(
                Jwks.builder().key((RSAPublicKey) KEYS.getPublic()).id("k1").build());
        var body = ContractJson.mapper()
                .writeValueAsString(Map.of("keys", List.of(key, Map.of("kty", "future", "kid", "k9"))));
        server.createContext("/", exchange -> {
            ASKED.incrementAndGet();
            exchange.sendResponseHeaders(200, body.length());
            try (var out = exchange.getResponseBody()) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
        keySet = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks");
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void takesTheProvidersTokenForUsOfThisLogin() {
        var claims = verified(good().signWith(KEYS.getPrivate(), Jwts.SIG.RS256));
        assertThat(claims.text("sub")).contains("ann");
        assertThat(claims.names("groups")).containsExactly("a", "b");
    }

    @Test
    void refusesAnotherIssuerAudienceNonceOrTime() {
        refused(good().issuer("https://evil.example.org"));
        refused(good().claim("aud", "others"));
        refused(good().claim("aud", List.of("us", "others")));
        refused(good().claim("nonce", "another"));
        refused(good().claim("nonce", null));
        refused(good().expiration(Date.from(NOW.minusSeconds(61))));
        refused(good().expiration(null));
        refused(good().notBefore(Date.from(NOW.plusSeconds(61))));
        refused(good().subject(null));
    }

    @Test
    void refusesWhatIsNotSignedByTheProvidersKey() {
        assertThatThrownBy(() -> verified(good().signWith(OTHERS.getPrivate(), Jwts.SIG.RS256)))
                .isInstanceOf(SsoFailure.class);
        assertThatThrownBy(() -> verified(good())).isInstanceOf(SsoFailure.class);
        var publicKeyAsSecret = new SecretKeySpec(KEYS.getPublic().getEncoded(), "HmacSHA256");
        assertThatThrownBy(() -> verified(good().signWith(publicKeyAsSecret, Jwts.SIG.HS256)))
                .isInstanceOf(SsoFailure.class);
        assertThatThrownBy(
                        () -> verified(good().header().keyId("k2").and().signWith(KEYS.getPrivate(), Jwts.SIG.RS256)))
                .isInstanceOf(SsoFailure.class);
        assertThatThrownBy(() -> tokens.verified("", "n", keySet)).isInstanceOf(SsoFailure.class);
    }

    @Test
    void strangersCannotMakeUsAskForTheKeysAgainAndAgain() {
        int before = ASKED.get();
        for (int i = 0; i < 5; i++) {
            var token = good().header().keyId("made-up-" + i).and().signWith(OTHERS.getPrivate(), Jwts.SIG.RS256);
            assertThatThrownBy(() -> verified(token)).isInstanceOf(SsoFailure.class);
        }
        assertThat(ASKED.get() - before).isEqualTo(1);
    }

    private void refused(JwtBuilder token) {
        assertThatThrownBy(() -> verified(token.signWith(KEYS.getPrivate(), Jwts.SIG.RS256)))
                .isInstanceOf(SsoFailure.class)
                .matches(failure -> !((SsoFailure) failure).isOutage());
    }

    private Claims verified(JwtBuilder token) {
        return tokens.verified(token.compact(), "n", keySet);
    }

    private static JwtBuilder good() {
        return Jwts.builder()
                .json(new Json())
                .header()
                .keyId("k1")
                .and()
                .issuer(ISSUER)
                .subject("ann")
                .claim("aud", "us")
                .claim("nonce", "n")
                .claim("groups", List.of("a", "b"))
                .expiration(Date.from(NOW.plusSeconds(60)));
    }

    private static final class Json extends AbstractSerializer<Map<String, ?>> {
        @Override
        protected void doSerialize(Map<String, ?> claims, OutputStream out) {
            ContractJson.mapper().writeValue(out, claims);
        }
    }
}
