package io.llmplatform.contracts.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the comparison can fail: one document, doctored. */
class BreakingChangesTest {
    private static final String DOCUMENT = """
            openapi: 3.1.0
            paths:
              /things:
                parameters:
                  - {name: tenant, in: query, schema: {type: string}}
                get:
                  parameters:
                    - {name: limit, in: query, schema: {type: integer, maximum: 500}}
                    - {name: status, in: query, schema: {$ref: '#/components/schemas/Status'}}
                  responses:
                    '200': {content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}
                post:
                  requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/New'}}}}
                  responses:
                    '201': {description: made}
                    '422': {$ref: '#/components/responses/Refused'}
              /gone:
                delete:
                  responses: {'204': {description: gone}}
            components:
              responses:
                Refused: {content: {application/problem+json: {schema: {type: object}}}}
              schemas:
                Status: {type: string, enum: [active, disabled]}
                Page:
                  type: object
                  required: [data]
                  properties:
                    data: {type: array, items: {$ref: '#/components/schemas/Thing'}}
                Thing:
                  type: object
                  required: [id, status]
                  properties:
                    id: {type: string}
                    status: {$ref: '#/components/schemas/Status'}
                    note: {type: [string, 'null']}
                    part: {oneOf: [{$ref: '#/components/schemas/Part'}, {type: 'null'}]}
                    parent: {$ref: '#/components/schemas/Thing'}
                Part: {type: object, properties: {size: {type: integer}}}
                New:
                  type: object
                  required: [name]
                  properties:
                    name: {type: string, maxLength: 100}
                    amount: {type: number}
            """;

    @Test
    void theSameDocumentBreaksNothing() {
        assertThat(BreakingChanges.between(Document.of(DOCUMENT), Document.of(DOCUMENT)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `  /gone:` | `  /elsewhere:` | DELETE /gone: removed
            `    - {name: limit,` | `    - {name: most,` | GET /things: parameter query limit removed
            `in: query, schema: {type: integer` | `in: query, required: true, schema: {type: integer` | GET /things: parameter query limit is required now
            `maximum: 500` | `maximum: 100` | GET /things query limit: maximum was 500 and is 100
            `name: tenant, in: query` | `name: tenant, in: header` | GET /things: parameter query tenant removed
            `requestBody: {content` | `requestBody: {required: true, content` | POST /things: a body is required now
            `'201': {description: made}` | `'202': {description: made}` | POST /things: answer 201 removed
            `application/problem+json` | `application/json` | POST /things 422: application/problem+json removed
            `enum: [active, disabled]` | `enum: [active]` | GET /things query status: value disabled removed
            `id: {type: string}` | `ids: {type: string}` | GET /things 200.data[].id: removed
            `required: [id, status]` | `required: [id]` | GET /things 200.data[].status: may be absent now
            `id: {type: string}` | `id: {type: integer}` | GET /things 200.data[].id: type was [string] and is [integer]
            `id: {type: string}` | `id: {type: [string, 'null']}` | GET /things 200.data[].id: type was [string] and is [string, null]
            `size: {type: integer}` | `size: {type: string}` | GET /things 200.data[].part.size: type was [integer] and is [string]
            `oneOf: [{$ref: '#/components/schemas/Part'}` | `oneOf: [{type: string}` | GET /things 200.data[].part: type was [object, null] and is [string, null]
            `required: [name]` | `required: [name, amount]` | POST /things body.amount: is required now
            `amount: {type: number}` | `amount: {type: integer}` | POST /things body.amount: type was [number] and is [integer]
            `maxLength: 100` | `maxLength: 50` | POST /things body.name: maxLength was 100 and is 50
            `name: {type: string, max` | `name: {type: string, pattern: x, max` | POST /things body.name: pattern was  and is "x"
            `name: {type: string, max` | `name: {type: string, enum: [a], max` | POST /things body.name: only [a] are taken now
            """)
    void whatBreaksAClientIsFound(String text, String instead, String told) {
        assertThat(BreakingChanges.between(Document.of(DOCUMENT), doctored(text, instead)))
                .contains(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `id: {type: string}` | `id: {type: string}\\n        more: {type: string}`
            `enum: [active, disabled]` | `enum: [active, disabled, away]`
            `maxLength: 100` | `maxLength: 200`
            `amount: {type: number}` | `amount: {type: [number, 'null']}`
            `note: {type: [string, 'null']}` | `note: {type: string}`
            `maximum: 500` | `description: any`
            `  /gone:` | `  /new: {get: {responses: {}}}\\n  /gone:`
            `required: [id, status]` | `required: [id, status, note]`
            """)
    void whatIsMoreThanBeforeBreaksNobody(String text, String instead) {
        assertThat(BreakingChanges.between(Document.of(DOCUMENT), doctored(text, instead)))
                .isEmpty();
    }

    private static Document doctored(String text, String instead) {
        assertThat(DOCUMENT).contains(text);
        return Document.of(DOCUMENT.replace(text, instead.replace("\\n", "\n")));
    }
}
