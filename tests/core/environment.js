// Gives a program compiled to WebAssembly the environment variables of the Node that runs it.
Module.preRun = () => Object.assign(ENV, process.env);
