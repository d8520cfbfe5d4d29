#!/usr/bin/env node
import './cli/node-version.js';

// An old Node could not even link the rest.
await import('./start.js');
