package io.llmplatform.command.sso;

import io.llmplatform.contracts.json.ContractJson;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** The authorization code flow with one provider. What it says of itself is kept for an hour. */
public final class SingleSignOn {
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final TypeReference<Map<String, Object>> CLAIMS = new TypeReference<>() {};

    private final SsoSettings settings;
    private final ProviderHttp http;
    private final IdTokens tokens;
    private final Clock clock;
    private @Nullable Known known;
    private Instant awayUntil = Instant.MIN;

    SingleSignOn(SsoSettings settings, ProviderHttp http, Clock clock) {
        this.settings = settings;
        this.http = http;
        this.tokens = new IdTokens(settings, new ProviderKeys(http, clock), clock);
        this.clock = clock;
    }

    /** For the button. */
    public String name() {
        return settings.name();
    }

    public String issuer() {
        return settings.issuer().toString();
    }

    /** Whether the provider decides on roles. */
    public boolean mapsRoles() {
        return !settings.roleMap().isEmpty();
    }

    /** @throws SsoFailure an outage */
    public URI begin(PendingLogin pending) {
        var query = new LinkedHashMap<String, String>();
        query.put("response_type", "code");
        query.put("client_id", settings.clientId());
        query.put("redirect_uri", settings.redirectUrl().toString());
        query.put("scope", settings.scopes());
        query.put("state", pending.state());
        query.put("nonce", pending.nonce());
        query.put("code_challenge", pending.challenge());
        query.put("code_challenge_method", "S256");
        var endpoint = discovery().authorization().toString();
        return URI.create(endpoint + (endpoint.contains("?") ? "&" : "?") + form(query));
    }

    /**
     * @param code that the provider gave for that login
     * @throws SsoFailure refused or an outage
     */
    public Identity finish(PendingLogin pending, String code) {
        var discovery = discovery();
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", settings.redirectUrl().toString());
        form.put("code_verifier", pending.verifier());
        var answer = http.post(discovery.token(), form(form), basic());
        var claims = tokens.verified(answer.path("id_token").asString(""), pending.nonce(), discovery.keys());
        return identity(completed(claims, answer, discovery));
    }

    /** Many providers leave all but the subject out of the token; they tell the rest when they are asked for it. */
    private Claims completed(Claims claims, JsonNode answer, Discovery discovery) {
        var token = answer.path("access_token").asString("");
        if (discovery.userInfo() == null
                || token.isEmpty()
                || claims.has("preferred_username") && (!mapsRoles() || claims.has(settings.roleClaim()))) {
            return claims;
        }
        var more = new Claims(ContractJson.mapper()
                .convertValue(http.get(discovery.userInfo(), "Authorization", "Bearer " + token), CLAIMS));
        if (!more.text("sub").equals(claims.text("sub"))) {
            throw SsoFailure.refused("the provider told of somebody else");
        }
        return claims.and(more);
    }

    private Identity identity(Claims claims) {
        return new Identity(
                issuer(),
                claims.text("sub").orElseThrow(() -> SsoFailure.refused("the subject is too long")),
                claims.text("preferred_username").or(() -> claims.text("email")),
                claims.text("email").orElse(null),
                claims.text("name").filter(name -> name.length() <= 100).orElse(null),
                settings.role(claims.names(settings.roleClaim())));
    }

    private synchronized Discovery discovery() {
        var now = clock.instant();
        var before = known;
        if (before != null && now.isBefore(before.until())) {
            return before.discovery();
        }
        // Those who wait here while the provider is away shall not each wait for it anew.
        if (now.isBefore(awayUntil)) {
            throw SsoFailure.outage("the provider was away a moment ago");
        }
        try {
            var fresh = Discovery.of(http.get(Discovery.at(settings.issuer())), settings);
            known = new Known(fresh, now.plus(LIFETIME));
            return fresh;
        } catch (SsoFailure e) {
            awayUntil = clock.instant().plus(PAUSE);
            throw e;
        }
    }

    private String basic() {
        var pair = encoded(settings.clientId()) + ":" + encoded(settings.clientSecret());
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private record Known(Discovery discovery, Instant until) {}
}
