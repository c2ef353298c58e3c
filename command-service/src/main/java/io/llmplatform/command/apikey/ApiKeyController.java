package io.llmplatform.command.apikey;

import io.llmplatform.command.apikey.ApiKeyCommand.DisableApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.Edit;
import io.llmplatform.command.apikey.ApiKeyCommand.EditApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.EnableApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.IssueApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.IssueServiceKey;
import io.llmplatform.command.apikey.ApiKeyCommand.RevokeApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.RotateApiKey;
import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.change.Change;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.Commands.Written;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.http.IfMatch;
import io.llmplatform.command.policy.BudgetInput;
import io.llmplatform.command.policy.EndpointNames;
import io.llmplatform.command.policy.IpRanges;
import io.llmplatform.command.policy.LimitsInput;
import io.llmplatform.command.policy.Tags;
import io.llmplatform.command.settings.PlatformSettings;
import io.llmplatform.contracts.apikey.ApiKeys;
import io.llmplatform.contracts.event.ApiKeyEvent.Details;
import io.llmplatform.contracts.id.Ids;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Writes under {@code api-keys}. Administrators handle every key, members their own, managers those of their teams and
 * of the members too: all of them may set any limits, for the gateway enforces the user's and the team's beside them, so
 * that a key can only narrow what its owner may do. What could widen it, the use of a cache and tags that routing
 * trusts, is left to administrators.
 */
@RestController
@RequestMapping("/api/admin/v1/api-keys")
class ApiKeyController {
    private static final int MOST_MODELS = 200;
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    private final Commands commands;
    private final KeyOwners owners;
    private final Ids ids;
    private final SecureRandom random;
    private final Clock clock;
    private final byte[] pepper;

    ApiKeyController(
            Commands commands, KeyOwners owners, Ids ids, SecureRandom random, Clock clock, PlatformSettings settings) {
        this.commands = commands;
        this.owners = owners;
        this.ids = ids;
        this.random = random;
        this.clock = clock;
        this.pepper = settings.apiKeyPepper();
    }

    @PostMapping
    ResponseEntity<IssuedApiKey> issue(Caller caller, @RequestBody NewApiKey body) {
        var errors = new FieldErrors()
                .required("name", body.name, 1, 100)
                .optional("user_id", body.userId, 1, 64)
                .optional("team_id", body.teamId, 1, 64)
                .check(body.userId == null || body.teamId == null, "team_id", "expected user_id or team_id, not both");
        checkModels(errors, body.allowedModels);
        EndpointNames.check(errors, "scopes", body.scopes);
        IpRanges.check(errors, "allowed_ips", body.allowedIps);
        LimitsInput.check(errors, "limits", body.limits);
        BudgetInput.check(errors, body.budgets);
        Tags.check(errors, "metadata", body.metadata);
        errors.throwIfAny();
        var owner = owners.of(caller, body.userId, body.teamId);
        var details = body.details();
        if (!caller.isAdmin()) {
            ApiKey.refuseWidening(null, details);
        }
        var id = ids.next(Ids.Kind.API_KEY);
        var key = ApiKeys.generate(random);
        var prefix = ApiKeys.displayPrefix(key);
        var hash = ApiKeys.hash(key, pepper);
        var command = owner.userId() == null
                ? new IssueServiceKey(id, Objects.requireNonNull(owner.teamId()), prefix, hash, details)
                : new IssueApiKey(id, owner.userId(), prefix, hash, details);
        return commands.create(caller, id, command, (_, version) -> new IssuedApiKey(id, key, version));
    }

    /** A new secret, shown once; the one before works for the overlap. */
    @PostMapping("/{id}/rotate")
    ResponseEntity<RotatedApiKey> rotate(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody Rotation body) {
        var most = LONGEST_OVERLAP.toSeconds();
        var overlap = body.overlapSeconds;
        new FieldErrors()
                .present("overlap_seconds", overlap)
                .check(overlap == null || (overlap >= 0 && overlap <= most), "overlap_seconds", "expected 0 to " + most)
                .throwIfAny();
        var key = ApiKeys.generate(random);
        var until = clock.instant().plusSeconds(Objects.requireNonNull(overlap)).truncatedTo(ChronoUnit.MILLIS);
        var command = new RotateApiKey(
                known(id),
                IfMatch.version(ifMatch),
                restrictedTo(caller),
                ApiKeys.displayPrefix(key),
                ApiKeys.hash(key, pepper),
                until);
        return commands.change(caller, id, command, (_, version) -> new RotatedApiKey(id, key, version, until));
    }

    @PatchMapping("/{id}")
    ResponseEntity<Written> edit(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody ApiKeyEdit body) {
        var errors = new FieldErrors().notCleared("name", body.name).optional("name", body.name.value(), 1, 100);
        checkModels(errors, body.allowedModels.value());
        EndpointNames.check(errors, "scopes", body.scopes.value());
        IpRanges.check(errors, "allowed_ips", body.allowedIps.value());
        LimitsInput.check(errors, "limits", body.limits.value());
        BudgetInput.check(errors, body.budgets.value());
        Tags.check(errors, "metadata", body.metadata.value());
        errors.throwIfAny();
        return commands.change(
                caller, known(id), new EditApiKey(id, IfMatch.version(ifMatch), restrictedTo(caller), body.edit()));
    }

    @PostMapping("/{id}/disable")
    ResponseEntity<Written> disable(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return commands.change(
                caller, known(id), new DisableApiKey(id, IfMatch.version(ifMatch), restrictedTo(caller)));
    }

    @PostMapping("/{id}/enable")
    ResponseEntity<Written> enable(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return commands.change(caller, known(id), new EnableApiKey(id, IfMatch.version(ifMatch), restrictedTo(caller)));
    }

    @PostMapping("/{id}/revoke")
    ResponseEntity<Written> revoke(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return commands.change(caller, known(id), new RevokeApiKey(id, IfMatch.version(ifMatch), restrictedTo(caller)));
    }

    private static @Nullable String restrictedTo(Caller caller) {
        return caller.isAdmin() ? null : caller.userId();
    }

    private static String known(String id) {
        return Commands.id(Ids.Kind.API_KEY, id);
    }

    private static void checkModels(FieldErrors errors, @Nullable List<@Nullable String> models) {
        if (models == null) {
            return;
        }
        errors.check(models.size() <= MOST_MODELS, "allowed_models", "expected at most " + MOST_MODELS + " names");
        for (int i = 0; i < Math.min(models.size(), MOST_MODELS); i++) {
            errors.required("allowed_models[" + i + "]", models.get(i), 1, 200);
        }
    }

    record NewApiKey(
            @Nullable String name,
            @Nullable String userId,
            @Nullable String teamId,
            @Nullable List<String> allowedModels,
            @Nullable Instant expiresAt,
            @Nullable List<String> scopes,
            @Nullable List<String> allowedIps,
            @Nullable LimitsInput limits,
            @Nullable List<BudgetInput> budgets,
            @Nullable Boolean cache,
            @Nullable Map<String, String> metadata) {
        Details details() {
            return new Details(
                    Objects.requireNonNull(name),
                    allowedModels,
                    expiresAt,
                    scopes,
                    allowedIps,
                    LimitsInput.limits(limits),
                    BudgetInput.budgets(budgets),
                    cache,
                    Tags.tags(metadata));
        }
    }

    record ApiKeyEdit(
            Change<String> name,
            Change<List<String>> allowedModels,
            Change<Instant> expiresAt,
            Change<List<String>> scopes,
            Change<List<String>> allowedIps,
            Change<LimitsInput> limits,
            Change<List<BudgetInput>> budgets,
            Change<Boolean> cache,
            Change<Map<String, String>> metadata) {
        Edit edit() {
            return new Edit(
                    name,
                    allowedModels,
                    expiresAt,
                    scopes,
                    allowedIps,
                    limits.mapOrClear(LimitsInput::limits),
                    budgets.mapOrClear(BudgetInput::budgets),
                    cache,
                    metadata.mapOrClear(Tags::tags));
        }
    }

    record Rotation(@Nullable Long overlapSeconds) {}

    /** With {@link RotatedApiKey} the only place where a key is ever written out. */
    record IssuedApiKey(String id, String key, long version) {
        @Override
        public String toString() {
            return "IssuedApiKey[" + id + "]";
        }
    }

    /** @param previousUntil the instant from which the key before is refused */
    record RotatedApiKey(String id, String key, long version, Instant previousUntil) {
        @Override
        public String toString() {
            return "RotatedApiKey[" + id + "]";
        }
    }
}
