package io.llmplatform.command.model;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.change.Change;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.Commands.Written;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.http.IfMatch;
import io.llmplatform.command.model.ModelCommand.CreateModel;
import io.llmplatform.command.model.ModelCommand.DisableModel;
import io.llmplatform.command.model.ModelCommand.EditModel;
import io.llmplatform.command.model.ModelCommand.EnableModel;
import io.llmplatform.contracts.event.ModelEvent.Deployment;
import io.llmplatform.contracts.id.Ids;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Writes under {@code models}. */
@RestController
@RequestMapping("/api/admin/v1/models")
class ModelController {
    private static final Pattern NAME = Pattern.compile("^[A-Za-z0-9][A-Za-z0-9._:/@-]*$");

    private final Commands commands;
    private final Ids ids;

    ModelController(Commands commands, Ids ids) {
        this.commands = commands;
        this.ids = ids;
    }

    @PostMapping
    ResponseEntity<Written> create(Caller caller, @RequestBody NewModel body) {
        var errors = new FieldErrors()
                .required("name", body.name, 1, 200)
                .matches("name", body.name, NAME)
                .present("deployments", body.deployments);
        DeploymentInput.check(errors, body.deployments);
        PriceInput.check(errors, body.price);
        errors.throwIfAny();
        var id = ids.next(Ids.Kind.MODEL);
        return commands.create(
                caller,
                id,
                new CreateModel(
                        id,
                        Objects.requireNonNull(body.name),
                        deployments(Objects.requireNonNull(body.deployments)),
                        body.price == null ? null : body.price.price()));
    }

    @PatchMapping("/{id}")
    ResponseEntity<Written> edit(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody ModelEdit body) {
        var errors = new FieldErrors().notCleared("deployments", body.deployments);
        DeploymentInput.check(errors, body.deployments.value());
        PriceInput.check(errors, body.price.value());
        errors.throwIfAny();
        return commands.change(
                caller,
                Commands.id(Ids.Kind.MODEL, id),
                new EditModel(
                        id,
                        IfMatch.version(ifMatch),
                        body.deployments.map(this::deployments),
                        body.price.map(PriceInput::price)));
    }

    @PostMapping("/{id}/disable")
    ResponseEntity<Written> disable(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return commands.change(caller, Commands.id(Ids.Kind.MODEL, id), new DisableModel(id, IfMatch.version(ifMatch)));
    }

    @PostMapping("/{id}/enable")
    ResponseEntity<Written> enable(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return commands.change(caller, Commands.id(Ids.Kind.MODEL, id), new EnableModel(id, IfMatch.version(ifMatch)));
    }

    private List<Deployment> deployments(List<DeploymentInput> inputs) {
        return inputs.stream()
                .map(input -> input.deployment(ids.next(Ids.Kind.DEPLOYMENT)))
                .toList();
    }

    record NewModel(
            @Nullable String name,
            @Nullable List<DeploymentInput> deployments,
            @Nullable PriceInput price) {}

    record ModelEdit(Change<List<DeploymentInput>> deployments, Change<PriceInput> price) {}
}
