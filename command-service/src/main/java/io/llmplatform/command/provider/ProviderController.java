package io.llmplatform.command.provider;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.change.Change;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.Commands.Written;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.http.IfMatch;
import io.llmplatform.command.provider.ProviderCommand.CreateProvider;
import io.llmplatform.command.provider.ProviderCommand.DisableProvider;
import io.llmplatform.command.provider.ProviderCommand.EditProvider;
import io.llmplatform.command.provider.ProviderCommand.EnableProvider;
import io.llmplatform.command.provider.ProviderCommand.RotateProviderSecret;
import io.llmplatform.command.settings.PlatformSettings;
import io.llmplatform.contracts.event.ProviderEvent;
import io.llmplatform.contracts.id.Ids;
import io.llmplatform.contracts.secret.SealedSecret;
import io.llmplatform.contracts.secret.SecretBox;
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

/** Writes under {@code providers}. */
@RestController
@RequestMapping("/api/admin/v1/providers")
class ProviderController {
    private static final int LONGEST_URL = 500;
    private static final int LONGEST_KEY = 1000;

    private final Commands commands;
    private final SecretBox box;
    private final Ids ids;
    private final boolean internalUpstreams;

    ProviderController(Commands commands, SecretBox box, Ids ids, PlatformSettings settings) {
        this.commands = commands;
        this.box = box;
        this.ids = ids;
        this.internalUpstreams = settings.internalUpstreams();
    }

    @PostMapping
    ResponseEntity<Written> create(Caller caller, @RequestBody NewProvider body) {
        var errors = new FieldErrors()
                .required("name", body.name, 1, 100)
                .present("type", body.type)
                .optional("api_key", body.apiKey, 1, LONGEST_KEY);
        var baseUrl = body.baseUrl == null && body.type != null ? body.type.defaultBaseUrl() : body.baseUrl;
        errors.required("base_url", baseUrl, 1, LONGEST_URL);
        if (body.type != null && baseUrl != null) {
            body.type.problem(baseUrl).ifPresent(problem -> errors.add("base_url", problem));
        }
        checkTarget(errors, baseUrl);
        errors.throwIfAny();
        var id = ids.next(Ids.Kind.PROVIDER);
        return commands.create(
                caller,
                id,
                new CreateProvider(
                        id,
                        new ProviderEvent.Details(
                                Objects.requireNonNull(body.name),
                                Objects.requireNonNull(body.type).wire(),
                                Objects.requireNonNull(baseUrl)),
                        sealed(body.apiKey, id)));
    }

    @PatchMapping("/{id}")
    ResponseEntity<Written> edit(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody ProviderEdit body) {
        var errors = new FieldErrors()
                .notCleared("name", body.name)
                .optional("name", body.name.value(), 1, 100)
                .notCleared("base_url", body.baseUrl)
                .optional("base_url", body.baseUrl.value(), 1, LONGEST_URL)
                .notCleared("api_key", body.apiKey)
                .optional("api_key", body.apiKey.value(), 1, LONGEST_KEY);
        checkTarget(errors, body.baseUrl.value());
        errors.throwIfAny();
        var secret = sealed(body.apiKey.value(), known(id));
        var version = IfMatch.version(ifMatch);
        boolean onlySecret = body.name.value() == null && body.baseUrl.value() == null;
        return commands.change(
                caller,
                id,
                secret != null && onlySecret
                        ? new RotateProviderSecret(id, version, secret)
                        : new EditProvider(id, version, body.name, body.baseUrl, secret));
    }

    @PostMapping("/{id}/disable")
    ResponseEntity<Written> disable(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return commands.change(caller, known(id), new DisableProvider(id, IfMatch.version(ifMatch)));
    }

    @PostMapping("/{id}/enable")
    ResponseEntity<Written> enable(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return commands.change(caller, known(id), new EnableProvider(id, IfMatch.version(ifMatch)));
    }

    private void checkTarget(FieldErrors errors, @Nullable String baseUrl) {
        if (baseUrl != null && !internalUpstreams) {
            UpstreamUrls.problem(baseUrl).ifPresent(problem -> errors.add("base_url", problem));
        }
    }

    private @Nullable SealedSecret sealed(@Nullable String apiKey, String id) {
        return apiKey == null ? null : box.seal(apiKey, id);
    }

    private static String known(String id) {
        return Commands.id(Ids.Kind.PROVIDER, id);
    }

    record NewProvider(
            @Nullable String name,
            @Nullable ProviderType type,
            @Nullable String baseUrl,
            @Nullable String apiKey) {
        @Override
        public String toString() {
            return "NewProvider[" + name + "]";
        }
    }

    record ProviderEdit(Change<String> name, Change<String> baseUrl, Change<String> apiKey) {
        @Override
        public String toString() {
            return "ProviderEdit[" + name + "]";
        }
    }
}
