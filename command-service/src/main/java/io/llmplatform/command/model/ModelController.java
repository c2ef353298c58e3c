package io.llmplatform.command.model;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.change.Change;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.Commands.Written;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.http.IfMatch;
import io.llmplatform.command.model.ModelCommand.CreateModel;
import io.llmplatform.command.model.ModelCommand.DisableModel;
import io.llmplatform.command.model.ModelCommand.Edit;
import io.llmplatform.command.model.ModelCommand.EditModel;
import io.llmplatform.command.model.ModelCommand.EnableModel;
import io.llmplatform.command.policy.LimitsInput;
import io.llmplatform.contracts.event.ModelEvent.Deployment;
import io.llmplatform.contracts.event.ModelEvent.Details;
import io.llmplatform.contracts.id.Ids;
import java.util.List;
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

/** Writes under {@code models}. */
@RestController
@RequestMapping("/api/admin/v1/models")
class ModelController {
    private final Commands commands;
    private final Ids ids;

    ModelController(Commands commands, Ids ids) {
        this.commands = commands;
        this.ids = ids;
    }

    @PostMapping
    ResponseEntity<Written> create(Caller caller, @RequestBody NewModel body) {
        var errors = new FieldErrors()
                .required("name", body.name, 1, ModelName.LONGEST)
                .matches("name", body.name, ModelName.FORM)
                .present("deployments", body.deployments);
        DeploymentInput.check(errors, body.deployments);
        PriceInput.check(errors, "price", body.price);
        RoutingInput.check(errors, body.routing);
        LimitsInput.check(errors, "limits", body.limits);
        CacheInput.check(errors, body.cache);
        CatalogInput.check(errors, body.catalog);
        errors.throwIfAny();
        var id = ids.next(Ids.Kind.MODEL);
        return commands.create(
                caller,
                id,
                new CreateModel(
                        id,
                        new Details(
                                Objects.requireNonNull(body.name),
                                deployments(Objects.requireNonNull(body.deployments)),
                                PriceInput.price(body.price),
                                RoutingInput.routing(body.routing),
                                LimitsInput.limits(body.limits),
                                CacheInput.rule(body.cache),
                                CatalogInput.catalog(body.catalog))));
    }

    @PatchMapping("/{id}")
    ResponseEntity<Written> edit(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody ModelEdit body) {
        var errors = new FieldErrors().notCleared("deployments", body.deployments);
        DeploymentInput.check(errors, body.deployments.value());
        PriceInput.check(errors, "price", body.price.value());
        RoutingInput.check(errors, body.routing.value());
        LimitsInput.check(errors, "limits", body.limits.value());
        CacheInput.check(errors, body.cache.value());
        CatalogInput.check(errors, body.catalog.value());
        errors.throwIfAny();
        return commands.change(
                caller,
                Commands.id(Ids.Kind.MODEL, id),
                new EditModel(
                        id,
                        IfMatch.version(ifMatch),
                        new Edit(
                                body.deployments.map(this::deployments),
                                body.price.mapOrClear(PriceInput::price),
                                body.routing.mapOrClear(RoutingInput::routing),
                                body.limits.mapOrClear(LimitsInput::limits),
                                body.cache.mapOrClear(CacheInput::rule),
                                body.catalog.mapOrClear(CatalogInput::catalog))));
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
            @Nullable PriceInput price,
            @Nullable RoutingInput routing,
            @Nullable LimitsInput limits,
            @Nullable CacheInput cache,
            @Nullable CatalogInput catalog) {}

    record ModelEdit(
            Change<List<DeploymentInput>> deployments,
            Change<PriceInput> price,
            Change<RoutingInput> routing,
            Change<LimitsInput> limits,
            Change<CacheInput> cache,
            Change<CatalogInput> catalog) {}
}
