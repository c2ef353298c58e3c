package io.llmplatform.command.token;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public key that access tokens can be verified with, as a JSON Web Key Set (RFC 7517, RFC 8037). */
@RestController
class JwksController {
    private static final int RAW_LENGTH = 32;

    private final KeySet keySet;

    JwksController(SigningKeyPair keys) {
        var spki = keys.verifying().getEncoded();
        var raw = Arrays.copyOfRange(spki, spki.length - RAW_LENGTH, spki.length);
        this.keySet = new KeySet(List.of(new Key(
                "OKP",
                "Ed25519",
                Base64.getUrlEncoder().withoutPadding().encodeToString(raw),
                keys.id(),
                "sig",
                "EdDSA")));
    }

    @GetMapping("/api/admin/v1/auth/jwks")
    KeySet jwks() {
        return keySet;
    }

    /** Only keys whose tokens are accepted: those before are retired the moment another is used. */
    record KeySet(List<Key> keys) {}

    /** @param x the raw public key, base64url */
    record Key(String kty, String crv, String x, String kid, String use, String alg) {}
}
