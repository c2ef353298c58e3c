package io.llmplatform.contracts.http;

/**
 * Access tokens are JWTs signed with EdDSA (Ed25519): header {@code kid}; claims {@code iss}, {@code sub} (user id),
 * {@code name} (user name), {@code role}, {@code sid} (id of the session), {@code iat}, {@code exp}, {@code jti}. The public
 * keys travel as {@link io.llmplatform.contracts.event.SigningKeyPublished}, so every service verifies offline; sessions
 * that end before their tokens travel as {@link io.llmplatform.contracts.event.SessionEvent.SessionClosed}.
 */
public final class AccessTokens {
    public static final String ISSUER = "llm-platform";
    public static final String NAME = "name";
    public static final String ROLE = "role";
    public static final String SESSION = "sid";

    private AccessTokens() {}
}
