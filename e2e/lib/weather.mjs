// One tool and one form that every client is given, in the shapes that the APIs want.
import { z } from 'zod';

export const QUESTION = 'What is the weather in Paris?';
export const CITY = 'Paris';

/** What the tool answers; the mock repeats it word for word. */
export const report = (city) => `Sunny and 21 degrees in ${city}`;

export const description = 'Tells the weather of a city.';
export const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
export const zodParameters = z.object({ city: z.string() });

export const chatTool = { type: 'function', function: { name: 'get_weather', description, parameters } };
export const responsesTool = { type: 'function', name: 'get_weather', description, parameters, strict: false };
export const messagesTool = { name: 'get_weather', description, input_schema: parameters };

/** A form with one of everything; the mock fills in the city and the number that were said. */
export const Trip = z.object({ city: z.string(), days: z.number().int().min(1), mood: z.enum(['calm', 'wild']), stops: z.array(z.string()) });
export const TRIP_REQUEST = 'Plan a wild trip of 3 days to Lisbon';
